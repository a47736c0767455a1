package dev.signet.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * Seals what must be stored and read again, such as private signing keys: AES-256-GCM under a data key.
 *
 * <p>A sealed value is a format byte, the data key's id, a random nonce, and the ciphertext with its tag. The context
 * says what is sealed and where it belongs ({@code "signing_key " + kid}); it is authenticated, not stored, so a sealed
 * value moved to another row does not open.
 */
public final class Vault {

    private static final byte FORMAT = 1;
    private static final int HEADER_LENGTH = 1 + Integer.BYTES;
    private static final String USE = "vault";

    private final DataKeys keys;

    Vault(DataKeys keys) {
        this.keys = keys;
    }

    /** The bytes, sealed for this context. Sealing twice gives two different results. */
    public byte[] seal(String context, byte[] plain) {
        DataKey key = keys.current(KeyPurpose.SEAL);
        byte[] header =
                ByteBuffer.allocate(HEADER_LENGTH).put(FORMAT).putInt(key.id()).array();
        byte[] encrypted = AesGcm.encrypt(key.aes(USE), plain, associated(header, context));
        byte[] sealed = Arrays.copyOf(header, HEADER_LENGTH + encrypted.length);
        System.arraycopy(encrypted, 0, sealed, HEADER_LENGTH, encrypted.length);
        return sealed;
    }

    /**
     * The bytes that were sealed for this context.
     *
     * @throws BrokenSeal if they were sealed for another context, changed, cut, or under a data key that is gone
     */
    public byte[] open(String context, byte[] sealed) {
        if (sealed.length < HEADER_LENGTH || sealed[0] != FORMAT) {
            throw new BrokenSeal("'" + context + "' is not a sealed value");
        }
        int keyId = ByteBuffer.wrap(sealed).getInt(1);
        DataKey key = keys.find(KeyPurpose.SEAL, keyId)
                .orElseThrow(() -> new BrokenSeal(
                        "'" + context + "' was sealed under data key " + keyId + ", which is not in the database"));
        byte[] header = Arrays.copyOf(sealed, HEADER_LENGTH);
        byte[] encrypted = Arrays.copyOfRange(sealed, HEADER_LENGTH, sealed.length);
        try {
            return AesGcm.decrypt(key.aes(USE), encrypted, associated(header, context));
        } catch (AEADBadTagException e) {
            throw new BrokenSeal("'" + context + "' was changed, or belongs to another row");
        }
    }

    /** Whether the value is sealed under the data key that seals now: another should be opened and sealed anew. */
    public boolean isCurrent(byte[] sealed) {
        return sealed.length >= HEADER_LENGTH
                && ByteBuffer.wrap(sealed).getInt(1)
                        == keys.current(KeyPurpose.SEAL).id();
    }

    private static byte[] associated(byte[] header, String context) {
        byte[] contextBytes = context.getBytes(StandardCharsets.UTF_8);
        byte[] associated = Arrays.copyOf(header, HEADER_LENGTH + contextBytes.length);
        System.arraycopy(contextBytes, 0, associated, HEADER_LENGTH, contextBytes.length);
        return associated;
    }
}
