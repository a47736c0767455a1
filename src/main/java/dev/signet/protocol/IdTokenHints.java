package dev.signet.protocol;

import dev.signet.keys.SigningKeys;
import dev.signet.keys.VerifiedJwt;
import dev.signet.site.Issuer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads {@code id_token_hint}: any ID token this server ever signed, expired ones included, since it only says whom the
 * app means (OpenID Connect Core section 3.1.2.1, RP-Initiated Logout section 2). It never authenticates anybody.
 */
@Component
class IdTokenHints {

    private final SigningKeys keys;
    private final Issuer issuer;

    IdTokenHints(SigningKeys keys, Issuer issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** What an ID token says about whom it was made for. */
    record Hint(String clientId, String subject, @Nullable String sid) {}

    /** Empty for anything that is not an ID token of ours. */
    Optional<Hint> read(String idToken) {
        return keys.verify(idToken)
                .filter(jwt -> jwt.type().equals("JWT"))
                .map(VerifiedJwt::claims)
                .filter(claims -> issuer.value().equals(claims.get("iss")) && !claims.containsKey("client_id"))
                .flatMap(IdTokenHints::hint);
    }

    private static Optional<Hint> hint(Map<String, Object> claims) {
        if (claims.get("azp") instanceof String client && claims.get("sub") instanceof String subject) {
            return Optional.of(new Hint(client, subject, (String) claims.get("sid")));
        }
        return Optional.empty();
    }
}
