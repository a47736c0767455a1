package dev.signet.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** SHA-256 digests (FIPS 180-4), the form in which bearer values are stored, and their comparison in constant time. */
public final class Digest {

    private Digest() {}

    /** The digest of the text's UTF-8 bytes: 32 bytes. */
    public static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of the bytes: 32 bytes. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether both are there and equal; takes the same time wherever they differ. An absent digest equals nothing. */
    public static boolean equal(byte @Nullable [] one, byte @Nullable [] other) {
        return one != null && other != null && MessageDigest.isEqual(one, other);
    }
}
