package dev.signet.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mints and checks handles, the one form of every bearer value.
 *
 * <pre>
 * sgn_rt_ base64url( data key id 4 | row id 16 | generation 4 | random 32 | MAC 16 )       103 characters
 * </pre>
 *
 * The MAC (HMAC-SHA256 cut to 128 bits) covers the prefix and all before it. So a forged, mistyped or cut value, or one
 * of another kind, is refused before any SQL, and a dump of the database can neither use a handle (it has digests only)
 * nor make one (the key is not in it). The 256 random bits are well beyond what RFC 6749 section 10.10 asks for.
 */
public final class Handles {

    private static final int RANDOM_LENGTH = 32;
    private static final int MAC_LENGTH = 16;
    private static final int MACED_LENGTH = 4 + 16 + 4 + RANDOM_LENGTH;
    private static final int LENGTH = MACED_LENGTH + MAC_LENGTH;
    // A multiple of three bytes, so each handle has exactly one spelling in base64url.
    private static final int TEXT_LENGTH = LENGTH / 3 * 4;
    private static final String MAC_USE = "mac";
    private static final String SUCCESSOR_USE = "successor";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final DataKeys keys;
    private final SecureRandom random = new SecureRandom();

    Handles(DataKeys keys) {
        this.keys = keys;
    }

    /** A new handle of generation 0 for the row. */
    public Handle mint(HandleKind kind, UUID id) {
        return mint(kind, id, 0);
    }

    /** A new handle for the row. */
    public Handle mint(HandleKind kind, UUID id, int generation) {
        if (generation < 0) {
            throw new IllegalArgumentException("generation " + generation + " is negative");
        }
        byte[] secret = new byte[RANDOM_LENGTH];
        random.nextBytes(secret);
        return assemble(keys.current(KeyPurpose.HANDLE), kind, id, generation, secret);
    }

    /**
     * The handle that follows the presented one when it is rotated. It is computed, not drawn: every node that is shown
     * the same handle finds the same successor, so a repeated request gets the same answer though only digests are
     * stored.
     */
    public Handle successor(Handle presented) {
        return successor(keys.current(KeyPurpose.HANDLE), presented);
    }

    /**
     * Every successor the presented handle can have had, one for each data key that still checks handles, newest first;
     * the first equals {@link #successor}. After a change of data keys the right one is the one whose digest is stored.
     */
    public List<Handle> successors(Handle presented) {
        DataKey current = keys.current(KeyPurpose.HANDLE);
        return keys.all(KeyPurpose.HANDLE).stream()
                .sorted((one, other) -> Boolean.compare(other == current, one == current))
                .map(key -> successor(key, presented))
                .toList();
    }

    /**
     * The handle, if what was presented is one of ours and of this kind. Takes anything: null, garbage, any length.
     * Whether the handle is still good only its row can tell.
     */
    public Optional<Handle> parse(HandleKind kind, @Nullable String presented) {
        String prefix = kind.prefix();
        if (presented == null || presented.length() != prefix.length() + TEXT_LENGTH || !presented.startsWith(prefix)) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = DECODER.decode(presented.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        int keyId = fields.getInt();
        UUID id = new UUID(fields.getLong(), fields.getLong());
        int generation = fields.getInt();
        return keys.find(KeyPurpose.HANDLE, keyId)
                .filter(key -> MessageDigest.isEqual(
                        mac(key, prefix, Arrays.copyOf(bytes, MACED_LENGTH)),
                        Arrays.copyOfRange(bytes, MACED_LENGTH, LENGTH)))
                .map(key -> new Handle(kind, id, generation, new SecretValue(presented)));
    }

    private static Handle successor(DataKey key, Handle presented) {
        byte[] secret = key.hmac(SUCCESSOR_USE).mac(presented.value().reveal().getBytes(StandardCharsets.UTF_8));
        return assemble(key, presented.kind(), presented.id(), Math.addExact(presented.generation(), 1), secret);
    }

    private static Handle assemble(DataKey key, HandleKind kind, UUID id, int generation, byte[] secret) {
        byte[] maced = ByteBuffer.allocate(MACED_LENGTH)
                .putInt(key.id())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(generation)
                .put(secret)
                .array();
        byte[] bytes = Arrays.copyOf(maced, LENGTH);
        System.arraycopy(mac(key, kind.prefix(), maced), 0, bytes, MACED_LENGTH, MAC_LENGTH);
        return new Handle(kind, id, generation, new SecretValue(kind.prefix() + ENCODER.encodeToString(bytes)));
    }

    private static byte[] mac(DataKey key, String prefix, byte[] maced) {
        byte[] full = key.hmac(MAC_USE).mac(prefix.getBytes(StandardCharsets.US_ASCII), maced);
        return Arrays.copyOf(full, MAC_LENGTH);
    }
}
