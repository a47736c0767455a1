package dev.signet.verifier;

import java.net.URI;
import java.util.Locale;

/**
 * A URL without query and fragment in the one spelling in which two of them can be compared (RFC 9449 section 4.3, check 9;
 * RFC 3986 section 6.2.2 and 6.2.3).
 */
record TargetUrl(String canonical) {

    /** @throws IllegalArgumentException when it is not an absolute http(s) URL */
    static TargetUrl of(String url) {
        return of(URI.create(url));
    }

    /** @throws IllegalArgumentException when it is not an absolute http(s) URL */
    static TargetUrl of(URI url) {
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("not an absolute URL");
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("neither http nor https");
        }
        int usual = scheme.equals("https") ? 443 : 80;
        String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
        String path = escapes(url.normalize().getRawPath());
        return new TargetUrl(
                scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port + (path.isEmpty() ? "/" : path));
    }

    /** Escapes of characters that need none are undone, the others written in capitals. */
    private static String escapes(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder canonical = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' && i + 2 < path.length()) {
                int value = Integer.parseInt(path, i + 1, i + 3, 16);
                boolean unreserved = value < 128 && (Character.isLetterOrDigit(value) || "-._~".indexOf(value) >= 0);
                if (unreserved) {
                    canonical.append((char) value);
                } else {
                    canonical.append(path.substring(i, i + 3).toUpperCase(Locale.ROOT));
                }
                i += 2;
            } else {
                canonical.append(c);
            }
        }
        return canonical.toString();
    }
}
