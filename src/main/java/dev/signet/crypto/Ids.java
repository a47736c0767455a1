package dev.signet.crypto;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes identifiers of rows: UUIDs of version 7 (RFC 9562 section 5.7), which sort by the time they were made.
 *
 * <p>Within this process each is greater than the one before, even when the clock stands still or goes back: a 12-bit
 * counter follows the milliseconds and carries over into them (section 6.2, method 1). 62 bits are random. An
 * identifier is not a secret: {@link Handles} add the secret.
 */
public final class Ids {

    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_START_BOUND = 1 << (COUNTER_BITS - 1);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong last = new AtomicLong();

    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** When an id was made, to the millisecond. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    public UUID next() {
        // Each millisecond starts its count somewhere in the lower half, so that an id does not tell how many came
        // before.
        long entropy = random.nextLong();
        long earliest = (clock.millis() << COUNTER_BITS) | Math.floorMod(entropy >>> 40, COUNTER_START_BOUND);
        long tick = last.updateAndGet(previous -> Math.max(previous + 1, earliest));
        long high = (tick >>> COUNTER_BITS << 16) | 0x7000L | (tick & ((1L << COUNTER_BITS) - 1));
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
