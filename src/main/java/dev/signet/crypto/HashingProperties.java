package dev.signet.crypto;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How slow hashes (passwords, client secrets people chose) are computed.
 *
 * @param memory memory one Argon2id hash fills; at least 8 KiB per lane; raising it re-hashes passwords as their owners
 *     sign in
 * @param iterations passes over that memory
 * @param lanes lanes of that memory
 * @param atOnce hashes computed at the same time; 0 means as many as there are cores
 * @param waiting hashes that may wait for their turn; more are refused at once with 503
 * @param longestWait how long one may wait for its result before it is refused with 503
 */
record HashingProperties(
        @DefaultValue("19MB") DataSize memory,
        @DefaultValue("2") @Min(1) @Max(64) int iterations,
        @DefaultValue("1") @Min(1) @Max(64) int lanes,
        @DefaultValue("0") @Min(0) @Max(1024) int atOnce,
        @DefaultValue("64") @Min(1) @Max(100_000) int waiting,
        @DefaultValue("2s") Duration longestWait) {

    private static final Argon2Cost OWASP_LEAST = new Argon2Cost(19 * 1024, 2, 1);

    HashingProperties {
        if (longestWait.isNegative() || longestWait.isZero()) {
            throw new IllegalArgumentException("signet.crypto.hashing.longest-wait must be positive");
        }
        var cost = new Argon2Cost(Math.toIntExact(memory.toKilobytes()), iterations, lanes);
        // The same work may be bought by fewer passes over more memory, never by less memory alone.
        if ((long) cost.memoryKib() * cost.iterations() < (long) OWASP_LEAST.memoryKib() * OWASP_LEAST.iterations()) {
            throw new IllegalArgumentException("signet.crypto.hashing: memory times iterations must be at least "
                    + "19MB times 2, else a stolen hash is cheap to guess at");
        }
    }

    Argon2Cost cost() {
        return new Argon2Cost(Math.toIntExact(memory.toKilobytes()), iterations, lanes);
    }

    int atOnceOrCores() {
        return atOnce > 0 ? atOnce : Runtime.getRuntime().availableProcessors();
    }
}
