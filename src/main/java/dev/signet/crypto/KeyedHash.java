package dev.signet.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) under a data key: for values that must be recognised again but not read or guessed from a dump,
 * such as the name typed at a failed sign-in, short codes, CSRF tokens or a client's view of a session id.
 *
 * <p>The context separates uses: the same value hashed in two contexts gives two unrelated hashes. Data keys change, if
 * seldom, and with them the hash of a value. So what is stored is compared by {@link #matches}, which knows every key
 * there was, and what others keep of us and must find the same again is made by {@link #asOf}.
 */
public final class KeyedHash {

    private static final String USE = "keyed hash";
    private static final int SHORTEST = 8;

    private final DataKeys keys;

    KeyedHash(DataKeys keys) {
        this.keys = keys;
    }

    /** The 32-byte keyed hash of the value in the context. */
    public byte[] of(String context, String value) {
        return hash(keys.current(KeyPurpose.HASH), context, value);
    }

    /**
     * The hash the value had at a moment, and so has for ever: for what is derived from something that has a date itself,
     * such as the session id that an app keeps.
     */
    public byte[] asOf(Instant moment, String context, String value) {
        return hash(keys.at(KeyPurpose.HASH, moment), context, value);
    }

    /**
     * Whether the hash, of which the first 8 bytes or more may be given, is that of the value in the context under any
     * data key there was; in constant time.
     */
    public boolean matches(String context, String value, byte[] hash) {
        boolean found = false;
        for (DataKey key : keys.all(KeyPurpose.HASH)) {
            byte[] expected = hash(key, context, value);
            found |= hash.length >= SHORTEST
                    && MessageDigest.isEqual(Arrays.copyOf(expected, Math.min(hash.length, expected.length)), hash);
        }
        return found;
    }

    /**
     * The 32-byte keyed hash of the value in the context, the same for ever: under a key that the rotation of data keys
     * does not touch. For what others keep as a name, such as a person's {@code sub} at a client.
     */
    public byte[] lasting(String context, String value) {
        return hash(keys.all(KeyPurpose.SUBJECT).getLast(), context, value);
    }

    private static byte[] hash(DataKey key, String context, String value) {
        byte[] contextBytes = context.getBytes(StandardCharsets.UTF_8);
        // The length in front keeps "ab" + "c" apart from "a" + "bc".
        byte[] contextLength =
                ByteBuffer.allocate(Integer.BYTES).putInt(contextBytes.length).array();
        return key.hmac(USE).mac(contextLength, contextBytes, value.getBytes(StandardCharsets.UTF_8));
    }
}
