package dev.signet.verifier;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was found right lately, by their digest, so that a client's next request costs a hash and no
 * signature. Only the signature is remembered: everything that can change is checked each time, and the key must still be
 * published.
 *
 * <p>Two generations: when the young one is full it becomes the old one, whose entries come back as they are used. What is
 * not used is gone after two turns.
 */
final class KnownTokens {

    /** @param key made the signature */
    record Known(String keyId, VerificationKey key, Claims claims) {}

    private final int limit;
    private volatile ConcurrentHashMap<ByteBuffer, Known> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<ByteBuffer, Known> old = new ConcurrentHashMap<>();

    /** @param limit how many are remembered at most; 0 for none */
    KnownTokens(int limit) {
        this.limit = limit / 2;
    }

    @Nullable
    Known get(byte[] digest) {
        if (limit == 0) {
            return null;
        }
        ByteBuffer key = ByteBuffer.wrap(digest);
        Known known = young.get(key);
        if (known == null) {
            known = old.get(key);
            if (known != null) {
                put(digest, known);
            }
        }
        return known;
    }

    void put(byte[] digest, Known known) {
        if (limit == 0) {
            return;
        }
        if (young.size() >= limit) {
            turn();
        }
        young.put(ByteBuffer.wrap(digest), known);
    }

    private synchronized void turn() {
        if (young.size() >= limit) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}
