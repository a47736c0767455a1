package dev.signet.protocol;

import dev.signet.keys.PublishedKeys;
import dev.signet.keys.SigningKeys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The public keys that verify our tokens (RFC 7517 section 5): {@code /oauth2/jwks}, open to everybody and made to be
 * cached: a key is announced for longer than any cache keeps this answer before it signs its first token.
 */
@Controller
class JwkSetEndpoint {

    static final String PATH = "/oauth2/jwks";

    private final SigningKeys keys;

    JwkSetEndpoint(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping(PATH)
    void keys(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PublishedKeys published = keys.published();
        response.setHeader(HttpHeaders.ETAG, published.etag());
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                "public, max-age=" + published.maxAge().toSeconds());
        if (published.etag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/jwk-set+json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(published.json().length);
        response.getOutputStream().write(published.json());
    }
}
