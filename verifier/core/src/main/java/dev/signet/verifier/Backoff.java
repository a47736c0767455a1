package dev.signet.verifier;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When something that is fetched again and again is due next: after its age, or sooner and rarer after failures. */
final class Backoff {

    private static final long FIRST = Duration.ofMillis(500).toNanos();
    private static final long LONGEST = Duration.ofSeconds(15).toNanos();

    private int failures;
    private long dueAt = System.nanoTime();

    synchronized boolean isDue(long now) {
        return now - dueAt >= 0;
    }

    /** Whether the last attempt failed. Nobody waits then: the next may fail as slowly. */
    synchronized boolean isFailing() {
        return failures > 0;
    }

    /** @return whether it had failed before */
    synchronized boolean succeeded(Duration age) {
        boolean recovered = failures > 0;
        failures = 0;
        dueAt = System.nanoTime() + age.toNanos();
        return recovered;
    }

    /** @return whether this is the first failure in a row */
    synchronized boolean failed() {
        long wait = Math.min(LONGEST, FIRST << Math.min(failures, 10));
        failures++;
        // Verifiers that lost the same issuer do not come back at the same moment.
        dueAt = System.nanoTime() + wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
        return failures == 1;
    }
}
