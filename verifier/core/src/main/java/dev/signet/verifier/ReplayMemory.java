package dev.signet.verifier;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which proofs were used, for as long as they would be accepted. It holds a fixed number; when that is reached
 * within one lifetime of a proof, it takes no more rather than forget one that could be replayed.
 */
final class ReplayMemory {

    private static final int SHARDS = 16;

    /** 128 bits of a digest: enough to tell proofs apart, small enough to keep many. */
    private record Key(long high, long low) {}

    /** Entries are in the order of their end, since each stays equally long: the oldest go first. */
    private static final class Shard {
        private final Map<Key, Instant> ends = new LinkedHashMap<>();
    }

    /** What came of showing a proof. */
    enum Use {
        FIRST,
        REPEATED,
        FULL
    }

    private final Shard[] shards = new Shard[SHARDS];
    private final int limitPerShard;
    private final Duration lifetime;

    /**
     * @param limit how many proofs are remembered at most
     * @param lifetime longest time for which any proof is accepted after it was first shown
     */
    ReplayMemory(int limit, Duration lifetime) {
        this.limitPerShard = Math.max(1, limit / SHARDS);
        this.lifetime = lifetime;
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard();
        }
    }

    /** Uses a proof, known by a digest of at least 16 bytes. Of parallel callers exactly one is the first. */
    Use use(byte[] digest, Instant now) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        Key key = new Key(bytes.getLong(), bytes.getLong());
        Shard shard = shards[(int) (key.low() & (SHARDS - 1))];
        synchronized (shard) {
            forgetEnded(shard.ends, now);
            if (shard.ends.containsKey(key)) {
                return Use.REPEATED;
            }
            if (shard.ends.size() >= limitPerShard) {
                return Use.FULL;
            }
            shard.ends.put(key, now.plus(lifetime));
            return Use.FIRST;
        }
    }

    int size() {
        int size = 0;
        for (Shard shard : shards) {
            synchronized (shard) {
                size += shard.ends.size();
            }
        }
        return size;
    }

    private static void forgetEnded(Map<Key, Instant> ends, Instant now) {
        Iterator<Instant> oldestFirst = ends.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().isBefore(now)) {
            oldestFirst.remove();
        }
    }
}
