package dev.signet.protocol;

import dev.signet.audit.RequestTrace;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.PresentedTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenIntrospectionEndpointFilter;
import org.springframework.stereotype.Component;

/**
 * Token introspection (RFC 7662): {@code /oauth2/introspect}, for confidential clients. It answers about access and
 * refresh tokens of the asking client and about access tokens meant for it; anything else is not active, and nobody
 * learns why.
 */
@Component
class IntrospectionEndpoint {

    static final String PATH = "/oauth2/introspect";

    private final PresentedTokens tokens;
    private final OAuthErrors errors;

    IntrospectionEndpoint(PresentedTokens tokens, OAuthErrors errors) {
        this.tokens = tokens;
        this.errors = errors;
    }

    Filter filter() {
        OAuth2TokenIntrospectionEndpointFilter filter =
                new OAuth2TokenIntrospectionEndpointFilter(this::introspect, PATH);
        filter.setAuthenticationSuccessHandler(IntrospectionEndpoint::answer);
        filter.setAuthenticationFailureHandler(errors);
        return filter;
    }

    private static final class Introspected extends AbstractAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private final transient Map<String, Object> members;

        Introspected(Map<String, Object> members) {
            super(List.of());
            this.members = members;
        }

        @Override
        public Object getPrincipal() {
            return "";
        }

        @Override
        public Object getCredentials() {
            return "";
        }
    }

    private Authentication introspect(Authentication authentication) {
        OAuth2TokenIntrospectionAuthenticationToken asked =
                (OAuth2TokenIntrospectionAuthenticationToken) authentication;
        if (AuthenticatedClient.current().isPublic()) {
            // RFC 7662 section 2.1: whoever asks must be authorized, or tokens could be scanned for.
            throw new Refused(Reason.CLIENT_NOT_AUTHENTICATED, "a public client asked");
        }
        return new Introspected(tokens.introspect(AuthenticatedClient.current(), asked.getToken())
                .orElse(Map.of("active", false)));
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Authentication answer)
            throws IOException {
        RequestTrace.current().outcome("introspection", "none", "success");
        Json.write(200, ((Introspected) answer).members, response);
    }
}
