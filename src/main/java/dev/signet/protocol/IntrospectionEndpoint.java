package dev.signet.protocol;

import dev.signet.audit.RequestTrace;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.PresentedTokens;
import dev.signet.tokens.SignedAnswers;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenIntrospectionEndpointFilter;
import org.springframework.stereotype.Component;

/**
 * Token introspection (RFC 7662, as JWT: RFC 9701): {@code /oauth2/introspect}, for confidential clients. It answers about access and
 * refresh tokens of the asking client and about access tokens meant for it; anything else is not active, and nobody
 * learns why.
 */
@Component
class IntrospectionEndpoint {

    static final String PATH = "/oauth2/introspect";

    private static final String JWT_TYPE = "application/token-introspection+jwt";

    private final PresentedTokens tokens;
    private final SignedAnswers answers;
    private final OAuthErrors errors;

    IntrospectionEndpoint(PresentedTokens tokens, SignedAnswers answers, OAuthErrors errors) {
        this.tokens = tokens;
        this.answers = answers;
        this.errors = errors;
    }

    Filter filter() {
        OAuth2TokenIntrospectionEndpointFilter filter =
                new OAuth2TokenIntrospectionEndpointFilter(this::introspect, PATH);
        filter.setAuthenticationSuccessHandler(this::answer);
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

    private void answer(HttpServletRequest request, HttpServletResponse response, Authentication answer)
            throws IOException {
        RequestTrace.current().outcome("introspection", "none", "success");
        Map<String, Object> members = ((Introspected) answer).members;
        if (asksForJwt(request)) {
            Json.writeJwt(JWT_TYPE, answers.introspection(AuthenticatedClient.current(), members), response);
        } else {
            Json.write(200, members, response);
        }
    }

    /** RFC 9701 section 4: by naming the media type, and no wildcard, so that nobody gets one unasked. */
    private static boolean asksForJwt(HttpServletRequest request) {
        for (String header : Collections.list(request.getHeaders("Accept"))) {
            for (String range : header.split(",")) {
                String[] parts = range.split(";", 2);
                boolean named = parts[0].strip().equalsIgnoreCase(JWT_TYPE);
                boolean refused = parts.length > 1 && parts[1].strip().matches("q=0(\\.0*)?");
                if (named && !refused) {
                    return true;
                }
            }
        }
        return false;
    }
}
