package dev.signet.crypto;

/**
 * What one Argon2id hash costs (RFC 9106 section 3.1).
 *
 * @param memoryKib KiB of memory
 * @param iterations passes over it
 * @param lanes degree of parallelism
 */
record Argon2Cost(int memoryKib, int iterations, int lanes) {

    private static final int MOST_MEMORY_KIB = 1 << 20;
    private static final int MOST_ITERATIONS = 64;
    private static final int MOST_LANES = 64;
    /** Memory times passes: 512 MiB, some 25 times the default. Beyond it a hash from a file could stall the node. */
    private static final long MOST_WORK = 1L << 19;

    Argon2Cost {
        if (lanes < 1
                || lanes > MOST_LANES
                || iterations < 1
                || iterations > MOST_ITERATIONS
                || memoryKib < 8 * lanes
                || memoryKib > MOST_MEMORY_KIB
                || (long) memoryKib * iterations > MOST_WORK) {
            throw new IllegalArgumentException(
                    "Argon2id with m=%d KiB, t=%d, p=%d is outside of what this server computes"
                            .formatted(memoryKib, iterations, lanes));
        }
    }

    /** Whether an attacker pays less for a guess than under the other cost. */
    boolean weakerThan(Argon2Cost other) {
        return memoryKib < other.memoryKib || iterations < other.iterations;
    }
}
