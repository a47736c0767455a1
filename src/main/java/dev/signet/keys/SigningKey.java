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
 * @param sealedPrivate the private half as a JWK, sealed; deleted when the key retires or is killed
 * @param activatedAt when it begins to sign; later than now for a key that is announced
 */
record SigningKey(
        String kid,
        SigningAlgorithm algorithm,
        String publicJwk,
        byte @Nullable [] sealedPrivate,
        Instant publishedAt,
        Instant activatedAt,
        @Nullable Instant retiredAt,
        @Nullable Instant removedAt,
        @Nullable Instant killedAt) {

    /** A node whose clock is behind must not think that the key another node just made is yet to come. */
    static final Duration CLOCK_LEEWAY = Duration.ofMinutes(1);

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

    /** Whether it signs now or will: it was neither retired nor killed. */
    boolean isAlive() {
        return sealedPrivate != null && retiredAt == null && killedAt == null;
    }

    /** Whether its time to sign has come, to the second: {@link #isActive} begins a little earlier. */
    boolean hasBegun(Instant now) {
        return reached(activatedAt, now);
    }

    KeyState state(Instant now) {
        if (killedAt != null) {
            return KeyState.KILLED;
        } else if (reached(removedAt, now)) {
            return KeyState.REMOVED;
        } else if (reached(retiredAt, now)) {
            return KeyState.RETIRING;
        }
        return hasBegun(now) ? KeyState.ACTIVE : KeyState.ANNOUNCED;
    }

    SigningKey announced(Instant from, Instant activation) {
        return new SigningKey(kid, algorithm, publicJwk, sealedPrivate, from, activation, null, null, null);
    }

    SigningKey activated(Instant at) {
        return announced(publishedAt, at);
    }

    SigningKey retired(Instant at) {
        return new SigningKey(kid, algorithm, publicJwk, null, publishedAt, activatedAt, at, null, null);
    }

    SigningKey removed(Instant at) {
        return new SigningKey(kid, algorithm, publicJwk, null, publishedAt, activatedAt, retiredAt, at, null);
    }

    SigningKey killed(Instant at) {
        return new SigningKey(kid, algorithm, publicJwk, null, publishedAt, activatedAt, retiredAt, removedAt, at);
    }

    SigningKey sealedAs(byte[] sealed) {
        return new SigningKey(
                kid, algorithm, publicJwk, sealed, publishedAt, activatedAt, retiredAt, removedAt, killedAt);
    }

    private static boolean reached(@Nullable Instant moment, Instant now) {
        return moment != null && !moment.isAfter(now);
    }
}
