package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, in their order. An empty value counts as left out (RFC 6749 section 3.1); a parameter
 * given twice has no value at all, so that nobody can be made to read another one than we do.
 */
final class Parameters {

    /** The one parameter that may be given more than once (RFC 8707 section 2). */
    static final String RESOURCE = "resource";

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads a request's parameters.
     *
     * @throws Refused if the container cannot; what it says about it stays unsaid, for it quotes values, which may be secrets
     */
    static Parameters of(HttpServletRequest request) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        try {
            request.getParameterMap().forEach((name, given) -> values.put(name, List.of(given)));
        } catch (InvalidParameterException unreadable) {
            boolean large = unreadable.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
            throw new Refused(large ? Reason.REQUEST_TOO_LARGE : Reason.REQUEST_MALFORMED, "the parameters");
        } catch (IllegalStateException | IllegalArgumentException unreadable) {
            throw new Refused(Reason.REQUEST_MALFORMED, "the parameters");
        }
        return new Parameters(values);
    }

    /** Reads what {@link #encoded()} has written. */
    static Parameters parse(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decode(pair.substring(equals + 1)));
            }
        }
        return new Parameters(values);
    }

    /** As a query string. */
    String encoded() {
        StringBuilder query = new StringBuilder();
        values.forEach((name, given) -> given.forEach(value -> {
            query.append(query.isEmpty() ? "" : "&");
            query.append(encode(name)).append('=').append(encode(value));
        }));
        return query.toString();
    }

    /** The one value of a parameter. */
    @Nullable
    String value(String name) {
        List<String> given = values.get(name);
        return given == null || given.size() != 1 || given.getFirst().isEmpty() ? null : given.getFirst();
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(value(name));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** All values of a parameter that may have several. */
    List<String> values(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** A parameter that is given more than once, and may not be. */
    Optional<String> repeated() {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1 && !entry.getKey().equals(RESOURCE))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a parameter was sent without a value. */
    boolean someEmpty() {
        return values.values().stream().anyMatch(given -> given.contains(""));
    }

    /** A parameter whose value holds control characters or was no UTF-8. */
    Optional<String> malformed() {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(Parameters::isMalformed))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static boolean isMalformed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\uFFFD' || (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == '\u007F') {
                return true;
            }
        }
        return false;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
