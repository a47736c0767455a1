package dev.signet.theme;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the static files of all themes from memory, below {@code /theme/}, and the icon browsers ask for unasked. It stands
 * before the security filters: these files are the same for everybody.
 *
 * <p>A fingerprint that is not the present one, as on a page still open while nodes are being upgraded, gets the present file, but
 * nobody keeps it.
 */
final class AssetFilter extends OncePerRequestFilter {

    static final String PATH = "/theme";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String FAVICON = "/favicon.ico";

    private final Themes themes;

    AssetFilter(Themes themes) {
        this.themes = themes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        if (path.equals(FAVICON)) {
            serve(themes.favicon(), false, request, response);
            return;
        }
        String file = path.substring(PATH.length());
        Asset exact = themes.asset(file);
        Asset asset = exact != null ? exact : themes.assetOfAnyFingerprint(file);
        if (asset == null) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        serve(asset, exact != null, request, response);
    }

    private static void serve(Asset asset, boolean exact, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] gzipped = asset.gzipped();
        boolean gzip = gzipped != null && acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        byte[] body = gzip && gzipped != null ? gzipped : asset.bytes();
        String etag = "\"" + asset.fingerprint() + (gzip ? "-gz\"" : "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, exact ? FOR_EVER : "no-cache");
        response.setHeader(HttpHeaders.ETAG, etag);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (gzipped != null) {
            response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (asset.contentType().equals("image/svg+xml")) {
            // Opened on its own, a picture is a document: it gets neither scripts nor our origin.
            response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        }
        if (matches(request.getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        if (gzip) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.setContentType(asset.contentType());
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    private static boolean acceptsGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String coding : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = coding.strip().split("\\s*;\\s*");
            if (parts[0].equals("gzip")) {
                return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static boolean matches(@Nullable String header, String etag) {
        return header != null && (header.contains(etag) || header.strip().equals("*"));
    }
}
