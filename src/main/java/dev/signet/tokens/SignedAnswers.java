package dev.signet.tokens;

import dev.signet.clients.Client;
import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import dev.signet.site.Issuer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Signs answers that clients keep as proof of what this server said: introspection (RFC 9701) and UserInfo (OpenID Connect
 * Core section 5.3.2).
 *
 * <p>None of them passes for a token: they have no expiry and no {@code client_id} of their own, a UserInfo answer has no
 * {@code azp}, and what introspection says stands one level down (RFC 9701 section 8.1).
 */
@Service
public class SignedAnswers {

    private static final String INTROSPECTION_TYPE = "token-introspection+jwt";

    private final SigningKeys keys;
    private final Issuer issuer;
    private final Clock clock;

    SignedAnswers(SigningKeys keys, Issuer issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** An introspection answer for the client that asked (RFC 9701 section 5). */
    public String introspection(Client caller, Map<String, Object> members) {
        Map<String, Object> claims = addressed(caller);
        claims.put("iat", Instant.now(clock).getEpochSecond());
        claims.put("token_introspection", members);
        return keys.sign(algorithm(caller.disclosure().introspectionAlgorithm()), INTROSPECTION_TYPE, claims);
    }

    /** The UserInfo answer, if its client wants it signed. */
    public Optional<String> userInfo(UserInfo answer) {
        String algorithm = answer.client().disclosure().userInfoAlgorithm();
        if (algorithm == null) {
            return Optional.empty();
        }
        Map<String, Object> claims = addressed(answer.client());
        claims.putAll(answer.claims());
        return Optional.of(keys.sign(algorithm(algorithm), "JWT", claims));
    }

    private Map<String, Object> addressed(Client client) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.value());
        claims.put("aud", client.clientId());
        return claims;
    }

    private static SigningAlgorithm algorithm(String jwsName) {
        return AccessTokens.algorithm(jwsName);
    }
}
