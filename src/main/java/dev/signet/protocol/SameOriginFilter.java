package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.site.Issuer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards the pages: a form that a browser says was sent from another site is refused (cross-site request forgery), beside
 * the token each form carries; and a request whose parameters cannot be read goes no further.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** Addresses that other sites may post to by the standards, whose answer changes nothing by itself. */
    private static final Set<String> OPEN_TO_POSTS = Set.of(AuthorizationEndpoint.PATH, EndSessionEndpoint.PATH);

    private final Issuer issuer;

    SameOriginFilter(Issuer issuer) {
        this.issuer = issuer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean safe = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!safe && request.getContentType() != null && !FormRequestFilter.isForm(request)) {
            throw new Refused(Reason.CONTENT_TYPE);
        }
        Parameters.of(request); // refuses what cannot be read
        if (!safe && !OPEN_TO_POSTS.contains(request.getServletPath()) && foreign(request)) {
            throw new Refused(Reason.FOREIGN_FORM, "from " + request.getHeader("Origin"));
        }
        chain.doFilter(request, response);
    }

    private boolean foreign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site);
        }
        String origin = request.getHeader("Origin");
        return origin != null && !origin.equals(issuer.origin());
    }
}
