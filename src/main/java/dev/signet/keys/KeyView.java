package dev.signet.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What administrators see of a signing key: its place in its life, and when it changed or will. */
public record KeyView(
        String kid,
        SigningAlgorithm algorithm,
        KeyState state,
        Instant publishedAt,
        Instant activatedAt,
        @Nullable Instant retiredAt,
        @Nullable Instant removedAt,
        @Nullable Instant killedAt) {

    static KeyView of(SigningKey key, Instant now) {
        return new KeyView(
                key.kid(),
                key.algorithm(),
                key.state(now),
                key.publishedAt(),
                key.activatedAt(),
                key.retiredAt(),
                key.removedAt(),
                key.killedAt());
    }
}
