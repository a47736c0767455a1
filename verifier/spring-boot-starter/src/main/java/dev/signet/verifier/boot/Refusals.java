package dev.signet.verifier.boot;

import dev.signet.verifier.RefusalReason;
import dev.signet.verifier.TokenVerifier;
import dev.signet.verifier.Verification.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers refused requests: status and challenges of RFC 6750 section 3, and a body (RFC 9457) with the sentence that is in
 * the challenge, for whoever reads bodies.
 */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String SCOPE = "SCOPE_";

    private final TokenVerifier verifier;
    private final ApiRequests requests;

    Refusals(TokenVerifier verifier, ApiRequests requests) {
        this.verifier = verifier;
        this.requests = requests;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        Refused refused = exception instanceof AccessTokenRefused own ? own.refused() : verifier.refusalWithoutToken();
        answer(response, refused.status(), refused.challenges(), refused.description());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        List<String> scopes = scopesDemandedBy(exception);
        answer(
                response,
                HttpStatus.FORBIDDEN.value(),
                verifier.insufficientScope(requests.read(request), scopes),
                RefusalReason.SCOPE_INSUFFICIENT.description());
    }

    /** What the rule that denied access asked for, where it says so. */
    private static List<String> scopesDemandedBy(AccessDeniedException exception) {
        List<String> scopes = new ArrayList<>();
        if (exception instanceof AuthorizationDeniedException denied
                && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision) {
            for (GrantedAuthority authority : decision.getAuthorities()) {
                String name = authority.getAuthority();
                if (name != null && name.startsWith(SCOPE)) {
                    scopes.add(name.substring(SCOPE.length()));
                }
            }
        }
        return scopes;
    }

    private static void answer(HttpServletResponse response, int status, List<String> challenges, String description)
            throws IOException {
        response.setStatus(status);
        for (String challenge : challenges) {
            response.addHeader("WWW-Authenticate", challenge);
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            response.setHeader("Retry-After", "5");
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        // No description holds a character that JSON escapes.
        response.getWriter().write("{\"status\":" + status + ",\"detail\":\"" + description + "\"}");
    }
}
