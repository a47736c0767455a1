package dev.signet.protocol;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets scripts of registered origins read our answers, errors included (Fetch standard, CORS protocol). Never with
 * credentials: a browser's cookies are of no use at these endpoints. Requests of other origins are answered as ever, but
 * their scripts may not read the answer.
 */
final class CrossOriginFilter extends OncePerRequestFilter {

    private final @Nullable Predicate<String> allowed;
    private final String methods;

    private CrossOriginFilter(@Nullable Predicate<String> allowed, String methods) {
        this.allowed = allowed;
        this.methods = methods;
    }

    /** For answers that depend on who asks. */
    static CrossOriginFilter forOrigins(Predicate<String> allowed, String methods) {
        return new CrossOriginFilter(allowed, methods);
    }

    /** For answers that are the same for everybody, and that caches may give to anybody. */
    static CrossOriginFilter forAll(String methods) {
        return new CrossOriginFilter(null, methods);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null && allowed != null) {
            chain.doFilter(request, response);
            return;
        }
        boolean known = allowed == null || allowed.test(String.valueOf(origin));
        if (allowed != null) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (known) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed == null ? "*" : origin);
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
