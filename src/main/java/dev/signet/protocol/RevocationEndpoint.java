package dev.signet.protocol;

import dev.signet.tokens.Revocations;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenRevocationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenRevocationEndpointFilter;
import org.springframework.stereotype.Component;

/**
 * Token revocation (RFC 7009): {@code /oauth2/revoke}, for all clients, public ones included, about their own tokens. The
 * answer is 200 with an empty body, also for a token nobody knows.
 */
@Component
class RevocationEndpoint {

    static final String PATH = "/oauth2/revoke";

    private final Revocations revocations;
    private final OAuthErrors errors;

    RevocationEndpoint(Revocations revocations, OAuthErrors errors) {
        this.revocations = revocations;
        this.errors = errors;
    }

    Filter filter() {
        OAuth2TokenRevocationEndpointFilter filter = new OAuth2TokenRevocationEndpointFilter(this::revoke, PATH);
        filter.setAuthenticationSuccessHandler((request, response, answer) -> {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setHeader("Cache-Control", "no-store");
        });
        filter.setAuthenticationFailureHandler(errors);
        return filter;
    }

    private Authentication revoke(Authentication authentication) {
        OAuth2TokenRevocationAuthenticationToken asked = (OAuth2TokenRevocationAuthenticationToken) authentication;
        revocations.revoke(AuthenticatedClient.current(), asked.getToken());
        return asked;
    }
}
