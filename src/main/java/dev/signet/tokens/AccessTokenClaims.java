package dev.signet.tokens;

import dev.signet.keys.VerifiedJwt;
import dev.signet.site.Issuer;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an access token of ours says (RFC 9068 section 2.2), its signature or MAC verified.
 *
 * @param authorization the authorization it came from; for a machine's token nothing is found under it
 * @param opaque its row, if it is an opaque token; null for a JWT
 */
record AccessTokenClaims(
        String jti,
        String clientId,
        String subject,
        Set<String> scope,
        List<?> audience,
        Instant expiresAt,
        Map<String, Object> all,
        @Nullable UUID authorization,
        @Nullable Opaque opaque) {

    /** The row of an opaque token. */
    record Opaque(UUID id, @Nullable UUID userId, boolean revoked) {}

    /**
     * Reads a verified JWT; empty if it is no access token. An ID token has neither {@code client_id} nor {@code jti}, so
     * that it does not pass, whatever its type header says.
     */
    static Optional<AccessTokenClaims> of(VerifiedJwt jwt, Issuer issuer) {
        Map<String, Object> claims = jwt.claims();
        boolean type = jwt.type().equals("at+jwt") || jwt.type().equals("JWT");
        if (type
                && issuer.value().equals(claims.get("iss"))
                && claims.get("jti") instanceof String jti
                && claims.get("client_id") instanceof String clientId
                && claims.get("sub") instanceof String subject
                && claims.get("exp") instanceof Number exp) {
            Object aud = claims.get("aud");
            List<?> audience = aud instanceof List<?> list ? list : aud == null ? List.of() : List.of(aud);
            Set<String> scope = claims.get("scope") instanceof String text
                    ? new LinkedHashSet<>(Arrays.asList(text.split(" ")))
                    : Set.of();
            return Optional.of(new AccessTokenClaims(
                    jti,
                    clientId,
                    subject,
                    scope,
                    audience,
                    Instant.ofEpochSecond(exp.longValue()),
                    claims,
                    AccessTokens.authorizationOf(jti).orElse(null),
                    null));
        }
        return Optional.empty();
    }

    /** Whether the client acts for itself; nobody signed in for it. */
    boolean ofMachine() {
        return opaque == null ? subject.equals(clientId) : opaque.userId() == null;
    }
}
