package dev.signet.clients;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for what a registered API may be, in one place, as {@link ClientMetadata} is for clients. */
public final class ApiMetadata {

    /** Everything that may be said about an API. */
    static final List<String> FIELDS = List.of(
            "identifier",
            "name",
            "scopes",
            "access_token_lifetime",
            "access_token_type",
            "access_token_type_header",
            "access_token_signed_response_alg",
            "introspection_clients");

    private static final Pattern IDENTIFIER = Pattern.compile("[\\x21-\\x7E]{1,300}");

    private ApiMetadata() {}

    /** What came of a check. */
    public sealed interface Result {

        /** All is well: this is the API. */
        record Accepted(Api api) implements Result {}

        /** Not like this. */
        record Refused(List<MetadataProblem> problems) implements Result {}
    }

    /**
     * Reads and checks metadata; text and lists of text are understood.
     *
     * @param source who owns the entry, see {@link Api#source}
     */
    public static Result check(Map<String, ?> metadata, String source) {
        MetadataReader reader = new MetadataReader(metadata);
        String identifier = identifier(reader);
        String type = reader.optionOf("access_token_type", TokenFormat.codes());
        Api api = new Api(
                identifier,
                reader.text("name", identifier),
                set(reader, "scopes"),
                reader.has("access_token_lifetime")
                        ? reader.duration(
                                "access_token_lifetime", Duration.ZERO, Duration.ofSeconds(10), Duration.ofDays(1))
                        : null,
                type == null ? null : TokenFormat.of(type).orElse(null),
                reader.optionOf("access_token_type_header", ClientMetadata.TYPE_HEADERS),
                reader.optionOf("access_token_signed_response_alg", ClientMetadata.ALGORITHMS),
                set(reader, "introspection_clients"),
                source,
                false);
        reader.refuseUnknown(FIELDS);
        return reader.problems().isEmpty()
                ? new Result.Accepted(api)
                : new Result.Refused(List.copyOf(reader.problems()));
    }

    /** RFC 8707 section 2: "an absolute URI", which "MUST NOT include a fragment component". */
    private static String identifier(MetadataReader reader) {
        String identifier = reader.text("identifier");
        if (identifier == null) {
            if (!reader.has("identifier")) {
                reader.problem("identifier", "is missing", "name the API by its address, such as https://api.example");
            }
            return "";
        }
        URI uri = uri(identifier);
        if (uri == null || !uri.isAbsolute() || uri.getRawFragment() != null) {
            reader.problem(
                    "identifier",
                    "is not an absolute URI without a fragment: " + identifier,
                    "write it like https://api.example/orders");
        }
        return identifier;
    }

    private static @Nullable URI uri(String text) {
        try {
            return IDENTIFIER.matcher(text).matches() ? new URI(text) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static Set<String> set(MetadataReader reader, String field) {
        List<String> texts = reader.list(field);
        return texts == null ? Set.of() : new LinkedHashSet<>(texts);
    }
}
