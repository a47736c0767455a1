package dev.signet.verifier.boot;

import dev.signet.verifier.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Reads what bears on the access token off a servlet request. */
final class ApiRequests implements AuthenticationConverter {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable String baseUrl;

    /** @param baseUrl where clients reach this application; null if that was not told */
    ApiRequests(@Nullable URI baseUrl) {
        String text = baseUrl == null ? null : baseUrl.toString();
        this.baseUrl = text != null && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** A request that brings a token by either scheme; null for any other, which goes on as nobody's. */
    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        for (String value : all(request.getHeaders("Authorization"))) {
            if (names(value, "Bearer") || names(value, "DPoP")) {
                return new PresentedToken(read(request));
            }
        }
        return null;
    }

    ApiRequest read(HttpServletRequest request) {
        return new ApiRequest(
                all(request.getHeaders("Authorization")),
                all(request.getHeaders("DPoP")),
                request.getMethod(),
                url(request),
                request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                        ? chain[0]
                        : null,
                request.getRemoteAddr());
    }

    /**
     * The URL as the client knows it. The Host header is the client's word, so without a base URL it counts only where it
     * names this machine: else a proof made for another API would fit here (RFC 9449 section 11.1).
     */
    private @Nullable URI url(HttpServletRequest request) {
        try {
            if (baseUrl != null) {
                return URI.create(baseUrl + request.getRequestURI());
            }
            if (THIS_MACHINE.contains(request.getServerName())) {
                return URI.create(request.getRequestURL().toString());
            }
        } catch (IllegalArgumentException e) {
            // falls through: a path that is no URL cannot be in a proof
        }
        return null;
    }

    private static boolean names(String value, String scheme) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length())
                && (value.length() == scheme.length() || value.charAt(scheme.length()) == ' ');
    }

    private static List<String> all(@Nullable Enumeration<String> values) {
        return values == null ? List.of() : Collections.list(values);
    }
}
