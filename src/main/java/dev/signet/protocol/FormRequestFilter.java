package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every request of a client to one of our form endpoints must be, before anybody looks at what it says: a POST of
 * {@code application/x-www-form-urlencoded} (RFC 6749 section 3.2), of sensible size, readable, no parameter given twice
 * and none in the address, where logs would keep it.
 */
final class FormRequestFilter extends OncePerRequestFilter {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final long LARGEST = 65_536;

    private final OAuthErrors errors;

    FormRequestFilter(OAuthErrors errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Refused refused = check(request);
        if (refused != null) {
            if (refused.reason() == Reason.METHOD_NOT_ALLOWED) {
                response.setHeader("Allow", "POST, OPTIONS");
            }
            errors.write(refused, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static @org.jspecify.annotations.Nullable Refused check(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return new Refused(Reason.METHOD_NOT_ALLOWED);
        }
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).split(";")[0].trim().equals(FORM)) {
            return new Refused(Reason.CONTENT_TYPE);
        }
        if (request.getHeader("Content-Encoding") != null) {
            return new Refused(Reason.CONTENT_TYPE, "compressed");
        }
        if (request.getContentLengthLong() > LARGEST) {
            return new Refused(Reason.REQUEST_TOO_LARGE);
        }
        if (request.getQueryString() != null) {
            return new Refused(Reason.REQUEST_MALFORMED, "parameters in the address");
        }
        Parameters parameters;
        try {
            parameters = Parameters.of(request);
        } catch (IllegalStateException | IllegalArgumentException unreadable) {
            return new Refused(Reason.REQUEST_MALFORMED, unreadable.getMessage());
        }
        if (parameters.repeated().isPresent()) {
            return new Refused(Reason.PARAMETER_REPEATED, parameters.repeated().get());
        }
        if (parameters.malformed().isPresent()) {
            return new Refused(
                    Reason.PARAMETER_MALFORMED, parameters.malformed().get());
        }
        return null;
    }
}
