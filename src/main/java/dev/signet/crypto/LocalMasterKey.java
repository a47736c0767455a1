package dev.signet.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;

/** A master key of 256 bits in this process's memory, from a file or an environment variable. */
final class LocalMasterKey implements MasterKey {

    static final int LENGTH = 32;
    private static final int FEWEST_DISTINCT_BYTES = 16;

    private final SecretKeySpec key;
    private final String id;

    private LocalMasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        byte[] label = "signet master key id\n".getBytes(StandardCharsets.UTF_8);
        byte[] labelled = new byte[label.length + bytes.length];
        System.arraycopy(label, 0, labelled, 0, label.length);
        System.arraycopy(bytes, 0, labelled, label.length, bytes.length);
        this.id = HexFormat.of().formatHex(Digest.sha256(labelled), 0, 8);
    }

    static LocalMasterKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a master key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new LocalMasterKey(bytes.clone());
    }

    /** The bytes written as base64url or base64, padded or not, blanks around; empty unless they are exactly 32. */
    static Optional<byte[]> decode(String text) {
        String unpadded = text.strip().replace('+', '-').replace('/', '_');
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(unpadded);
            return bytes.length == LENGTH ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Why bytes cannot have come from a random generator, if they clearly cannot: a repeated pattern, a counting
     * sequence, or typed text. (Of random keys one in 10^13 or fewer would be refused.)
     */
    static Optional<String> weakness(byte[] bytes) {
        if (new String(bytes, StandardCharsets.ISO_8859_1).chars().distinct().count() < FEWEST_DISTINCT_BYTES) {
            return Optional.of("it repeats itself");
        }
        boolean counting = true;
        boolean text = true;
        for (int i = 0; i < bytes.length; i++) {
            counting &= i < 2 || (byte) (bytes[i] - bytes[i - 1]) == (byte) (bytes[1] - bytes[0]);
            text &= bytes[i] >= 0x20 && bytes[i] < 0x7f;
        }
        if (counting) {
            return Optional.of("it is a counting sequence");
        }
        return text ? Optional.of("it is text somebody typed, not random bytes") : Optional.empty();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public byte[] wrap(byte[] dataKey, String context) {
        return AesGcm.encrypt(key, dataKey, context.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] unwrap(byte[] wrapped, String context) throws AEADBadTagException {
        return AesGcm.decrypt(key, wrapped, context.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
