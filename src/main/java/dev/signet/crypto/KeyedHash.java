package dev.signet.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * HMAC-SHA256 (RFC 2104) under a data key: for values that must be recognised again but not read or guessed from a dump,
 * such as the name typed at a failed sign-in, short codes, CSRF tokens or a client's view of a session id.
 *
 * <p>The context separates uses: the same value hashed in two contexts gives two unrelated hashes. The hash of a value
 * stays the same as long as the live 'hash' data key does; {@link #matches} also knows those made under older keys.
 */
public final class KeyedHash {

    private static final String USE = "keyed hash";

    private final DataKeys keys;

    KeyedHash(DataKeys keys) {
        this.keys = keys;
    }

    /** The 32-byte keyed hash of the value in the context. */
    public byte[] of(String context, String value) {
        return hash(keys.current(KeyPurpose.HASH), context, value);
    }

    /** Whether the hash is that of the value in the context, under any data key still known; in constant time. */
    public boolean matches(String context, String value, byte[] hash) {
        boolean found = false;
        for (DataKey key : keys.all(KeyPurpose.HASH)) {
            found |= MessageDigest.isEqual(hash(key, context, value), hash);
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
