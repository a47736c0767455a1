package dev.signet.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front of the ciphertext and a 128-bit tag. */
final class AesGcm {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    static final int NONCE_LENGTH = 12;
    static final int TAG_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    static byte[] encrypt(SecretKey key, byte[] plain, byte[] associated) {
        return encrypt(null, key, plain, associated);
    }

    /** @param device the provider that holds the key; {@code null} for a key in memory */
    static byte[] encrypt(@Nullable Provider device, SecretKey key, byte[] plain, byte[] associated) {
        byte[] nonce = new byte[NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(device, Cipher.ENCRYPT_MODE, key, nonce, associated);
            byte[] result = Arrays.copyOf(nonce, NONCE_LENGTH + plain.length + TAG_LENGTH);
            cipher.doFinal(plain, 0, plain.length, result, NONCE_LENGTH);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM refused to encrypt", e);
        }
    }

    /** The plain bytes; throws {@link AEADBadTagException} if key, associated data or any byte is not the original. */
    static byte[] decrypt(SecretKey key, byte[] encrypted, byte[] associated) throws AEADBadTagException {
        return decrypt(null, key, encrypted, associated);
    }

    /** @param device the provider that holds the key; {@code null} for a key in memory */
    static byte[] decrypt(@Nullable Provider device, SecretKey key, byte[] encrypted, byte[] associated)
            throws AEADBadTagException {
        if (encrypted.length < NONCE_LENGTH + TAG_LENGTH) {
            throw new AEADBadTagException("too short to be encrypted by AES-GCM");
        }
        try {
            byte[] nonce = Arrays.copyOf(encrypted, NONCE_LENGTH);
            Cipher cipher = cipher(device, Cipher.DECRYPT_MODE, key, nonce, associated);
            return cipher.doFinal(encrypted, NONCE_LENGTH, encrypted.length - NONCE_LENGTH);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (ProviderException e) {
            // What devices say of a tag that does not fit.
            throw new AEADBadTagException(String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM refused to decrypt", e);
        }
    }

    private static Cipher cipher(@Nullable Provider device, int mode, SecretKey key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = device == null ? Cipher.getInstance(ALGORITHM) : Cipher.getInstance(ALGORITHM, device);
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
