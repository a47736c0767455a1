package dev.signet.crypto;

import java.time.Duration;

/** More slow hashes are wanted than this node can compute in time; the caller answers 503 with {@code Retry-After}. */
public final class HashingBusy extends RuntimeException {

    private final Duration retryAfter;

    HashingBusy(Duration retryAfter) {
        super("too many password hashes are waiting", null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
