package dev.signet.tokens;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One grant of access by one person to one client: first its authorization code, then its family of refresh tokens.
 * It is one row, updated in place.
 *
 * @param sid the session id the client sees
 * @param offline whether the family outlives the session ({@code offline_access}, OpenID Connect Core section 11)
 */
record Authorization(
        UUID id,
        String clientId,
        UUID userId,
        @Nullable UUID sessionId,
        @Nullable String sid,
        Set<String> scope,
        List<String> audience,
        boolean offline,
        @Nullable String nonce,
        Set<String> idTokenClaims,
        Set<String> userInfoClaims,
        Instant authTime,
        String acr,
        List<String> amr,
        Code code,
        Family family) {

    /**
     * The authorization code and what it was asked for with.
     *
     * @param redirectUri the redirect URI of the request; {@code null} if the request named none
     * @param redeemedAt when it was spent
     */
    record Code(
            byte[] digest,
            @Nullable String challenge,
            @Nullable String redirectUri,
            Instant expiresAt,
            @Nullable Instant redeemedAt) {}

    /**
     * The state of the refresh tokens: the digest of the live one, and of the one before it with its first use.
     *
     * @param generation how often the family moved on, the redemption of the code counting as the first time
     * @param statusIndexes packed status indexes of the access tokens that may still live, the newest last
     * @param usedBy a keyed hash of the address and device of the last refresh
     */
    record Family(
            int generation,
            byte @Nullable [] digest,
            byte @Nullable [] previousDigest,
            @Nullable Instant previousUsedAt,
            @Nullable Instant idleExpiresAt,
            Instant absoluteExpiresAt,
            @Nullable Instant revokedAt,
            List<Long> statusIndexes,
            byte @Nullable [] usedBy) {

        boolean revoked() {
            return revokedAt != null;
        }

        boolean expired(Instant now) {
            return !now.isBefore(absoluteExpiresAt) || (idleExpiresAt != null && !now.isBefore(idleExpiresAt));
        }
    }
}
