package dev.signet.keys;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key as it is stored. Its life: published (clients learn it), active (it signs), retired (it signs no more,
 * clients still see it), removed (gone from the JWK set; what it signed still verifies here, for {@code id_token_hint}).
 * A killed key verifies nothing any more.
 *
 * @param kid its RFC 7638 thumbprint
 * @param publicJwk the public half as a JWK, kept for ever
 * @param sealedPrivate the private half as a JWK, sealed; absent once it is not needed
 */
record SigningKey(
        String kid,
        SigningAlgorithm algorithm,
        String publicJwk,
        byte @Nullable [] sealedPrivate,
        Instant publishedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt,
        @Nullable Instant removedAt,
        @Nullable Instant killedAt) {

    /** A node whose clock is behind must not think that the key another node just made is yet to come. */
    private static final Duration CLOCK_LEEWAY = Duration.ofMinutes(1);

    boolean isActive(Instant now) {
        return reached(activatedAt, now.plus(CLOCK_LEEWAY))
                && !reached(retiredAt, now)
                && isPublished(now)
                && sealedPrivate != null;
    }

    boolean isPublished(Instant now) {
        return !reached(removedAt, now) && killedAt == null;
    }

    boolean verifies() {
        return killedAt == null;
    }

    private static boolean reached(@Nullable Instant moment, Instant now) {
        return moment != null && !moment.isAfter(now);
    }
}
