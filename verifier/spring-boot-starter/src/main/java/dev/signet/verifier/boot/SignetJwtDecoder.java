package dev.signet.verifier.boot;

import dev.signet.verifier.TokenVerifier;
import dev.signet.verifier.Verification.Refused;
import dev.signet.verifier.Verification.Verified;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.BearerTokenError;

/**
 * The verifier as Spring's resource server knows it, for chains that say {@code oauth2ResourceServer(server -> server.jwt(…))}.
 * It is shown the token alone, not the request, so tokens bound to a key are refused: those need {@link SignetResourceServer}.
 */
final class SignetJwtDecoder implements JwtDecoder {

    private final TokenVerifier verifier;

    SignetJwtDecoder(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Jwt decode(String token) {
        return switch (verifier.verify(token)) {
            case Verified verified -> SignetAuthentication.jwt(token, verified.claims());
            case Refused refused
            when refused.status() == HttpStatus.SERVICE_UNAVAILABLE.value() ->
                throw new OAuth2AuthenticationException(new BearerTokenError(
                        refused.reason().error(), HttpStatus.SERVICE_UNAVAILABLE, refused.description(), null));
            case Refused refused -> throw new BadJwtException(refused.description());
        };
    }
}
