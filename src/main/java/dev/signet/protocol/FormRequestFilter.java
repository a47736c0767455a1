package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every request of a client to one of our form endpoints must be, before anybody looks at what it says: a POST of
 * {@code application/x-www-form-urlencoded} (RFC 6749 section 3.2), of sensible size, readable, no parameter given twice
 * and none in the address, where logs would keep it. A parameter without a value counts as left out (section 3.1).
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
        boolean someEmpty;
        try {
            someEmpty = check(request).someEmpty();
        } catch (Refused refused) {
            if (refused.reason() == Reason.METHOD_NOT_ALLOWED) {
                response.setHeader("Allow", "POST, OPTIONS");
            }
            errors.write(refused, response);
            return;
        }
        chain.doFilter(someEmpty ? new WithoutEmptyParameters(request) : request, response);
    }

    private static Parameters check(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            throw new Refused(Reason.METHOD_NOT_ALLOWED);
        }
        if (!isForm(request)) {
            throw new Refused(Reason.CONTENT_TYPE);
        }
        if (request.getContentLengthLong() > LARGEST) {
            throw new Refused(Reason.REQUEST_TOO_LARGE);
        }
        if (request.getQueryString() != null) {
            throw new Refused(Reason.REQUEST_MALFORMED, "parameters in the address");
        }
        if (authorizedTwice(request)) {
            throw new Refused(Reason.CLIENT_METHODS_MIXED, "two Authorization headers");
        }
        Parameters parameters = Parameters.of(request);
        parameters.repeated().ifPresent(name -> {
            throw new Refused(Reason.PARAMETER_REPEATED, name);
        });
        parameters.malformed().ifPresent(name -> {
            throw new Refused(Reason.PARAMETER_MALFORMED, name);
        });
        return parameters;
    }

    /** Whether the body is one whose parameters the container reads: a form, sent as it is. */
    static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.toLowerCase(Locale.ROOT).split(";", 2)[0].trim().equals(FORM)
                && request.getHeader(HttpHeaders.CONTENT_ENCODING) == null;
    }

    /** The container would show the first alone, and something in front of us may have looked at the second. */
    static boolean authorizedTwice(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1;
    }

    /** RFC 6749 section 3.2: "Parameters sent without a value MUST be treated as if they were omitted". */
    private static final class WithoutEmptyParameters extends HttpServletRequestWrapper {

        private final Map<String, String[]> parameters = new LinkedHashMap<>();

        WithoutEmptyParameters(HttpServletRequest request) {
            super(request);
            request.getParameterMap().forEach((name, values) -> {
                String[] given =
                        Arrays.stream(values).filter(value -> !value.isEmpty()).toArray(String[]::new);
                if (given.length > 0) {
                    parameters.put(name, given);
                }
            });
        }

        @Override
        public @Nullable String getParameter(String name) {
            String[] values = parameters.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return parameters.get(name);
        }
    }
}
