package dev.signet.protocol;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets scripts of registered origins read our answers, errors included (Fetch standard, CORS protocol). Never with
 * credentials: a browser's cookies are of no use at these endpoints. Requests of other origins are answered as ever, but
 * their scripts may not read the answer.
 */
final class CrossOriginFilter extends OncePerRequestFilter {

    private final Predicate<String> allowed;
    private final String methods;

    CrossOriginFilter(Predicate<String> allowed, String methods) {
        this.allowed = allowed;
        this.methods = methods;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            chain.doFilter(request, response);
            return;
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        boolean known = allowed.test(origin);
        if (known) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "WWW-Authenticate, Retry-After");
        }
        boolean preflight = request.getMethod().equals("OPTIONS")
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
        if (!preflight) {
            chain.doFilter(request, response);
            return;
        }
        if (known) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, DPoP");
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
