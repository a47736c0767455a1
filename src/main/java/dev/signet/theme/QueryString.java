package dev.signet.theme;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a query apart as a browser's form would put it together, and leaves what it does not touch byte for byte. */
final class QueryString {

    private QueryString() {}

    static List<String> pairs(@Nullable String query) {
        return query == null || query.isEmpty() ? List.of() : List.of(query.split("&"));
    }

    static String name(String pair) {
        int end = pair.indexOf('=');
        return decode(end < 0 ? pair : pair.substring(0, end));
    }

    static String value(String pair) {
        int end = pair.indexOf('=');
        return end < 0 ? "" : decode(pair.substring(end + 1));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
