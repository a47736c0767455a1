package dev.signet.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front of the ciphertext and a 128-bit tag. */
final class AesGcm {

    static final int NONCE_LENGTH = 12;
    static final int TAG_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    static byte[] encrypt(SecretKey key, byte[] plain, byte[] associated) {
        byte[] nonce = new byte[NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated);
            byte[] result = Arrays.copyOf(nonce, NONCE_LENGTH + plain.length + TAG_LENGTH);
            cipher.doFinal(plain, 0, plain.length, result, NONCE_LENGTH);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM refused to encrypt", e);
        }
    }

    /** The plain bytes; throws {@link AEADBadTagException} if key, associated data or any byte is not the original. */
    static byte[] decrypt(SecretKey key, byte[] encrypted, byte[] associated) throws AEADBadTagException {
        if (encrypted.length < NONCE_LENGTH + TAG_LENGTH) {
            throw new AEADBadTagException("too short to be encrypted by AES-GCM");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(encrypted, NONCE_LENGTH), associated);
            return cipher.doFinal(encrypted, NONCE_LENGTH, encrypted.length - NONCE_LENGTH);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM refused to decrypt", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
