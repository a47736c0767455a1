package dev.signet.protection;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/**
 * How much of something is allowed: a bucket of attempts that fills up again evenly.
 *
 * @param attempts how many may be made at once when the bucket is full (1 to 1,000,000)
 * @param per how long an empty bucket takes to fill; one attempt comes back each {@code per / attempts}
 */
record Limit(@Min(1) @Max(1_000_000) int attempts, @NotNull Duration per) {

    Limit {
        if (per != null && (per.isNegative() || per.isZero() || per.compareTo(Duration.ofDays(30)) > 0)) {
            throw new IllegalArgumentException(
                    "A limit is counted over a time above zero and up to 30 days, not " + per);
        }
    }

    /** The time in which one attempt comes back. */
    Duration interval() {
        return per.dividedBy(attempts);
    }
}
