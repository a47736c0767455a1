package dev.signet.clients;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for what a client may be, in one place: the same for the configuration file, administrators and registration.
 *
 * <p>Fields bear their names of RFC 7591 section 2 and OpenID Connect Registration section 2; what these do not have
 * ({@code kind}, {@code require_pkce}, lifetimes and the like) is ours. Everything wrong is reported at once.
 */
public final class ClientMetadata {

    /** Everything that may be said about a client. */
    static final List<String> FIELDS = List.of(
            "client_id",
            "client_name",
            "kind",
            "redirect_uris",
            "post_logout_redirect_uris",
            "grant_types",
            "response_types",
            "token_endpoint_auth_method",
            "scope",
            "audience",
            "require_pkce",
            "require_consent",
            "access_token_lifetime",
            "id_token_lifetime",
            "refresh_token_idle_lifetime",
            "refresh_token_absolute_lifetime",
            "refresh_token_repeat_window",
            "access_token_signed_response_alg",
            "id_token_signed_response_alg",
            "access_token_type_header",
            "default_max_age",
            "allowed_cors_origins",
            "logo_uri",
            "client_uri",
            "policy_uri",
            "tos_uri",
            ClaimMappings.FIELD,
            Sectors.TYPE,
            Sectors.SECTOR,
            "access_token_type",
            "userinfo_signed_response_alg",
            "introspection_signed_response_alg");

    private static final String CODE = "authorization_code";
    private static final String REFRESH = "refresh_token";
    private static final String MACHINE_GRANT = "client_credentials";

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

    /** Scope tokens of RFC 6749 section 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]");
    private static final Pattern AUDIENCE = Pattern.compile("[\\x21-\\x7E]{1,300}");

    /** Every algorithm we sign with; whichever is chosen gets a key. */
    static final List<String> ALGORITHMS = List.of("ES256", "RS256", "PS256", "EdDSA");

    static final List<String> TYPE_HEADERS = List.of("at+jwt", "JWT");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(366);

    private ClientMetadata() {}

    /** What came of a check. */
    public sealed interface Result {

        /** All is well: this is the client. */
        record Accepted(Client client) implements Result {}

        /** Not like this. */
        record Refused(List<MetadataProblem> problems) implements Result {}
    }

    /**
     * Reads and checks metadata; text, booleans, whole numbers and lists of text are understood.
     *
     * @param confidential whether the client has, or will get, a secret
     * @param source who owns the entry, see {@link Client#source}
     */
    public static Result check(Map<String, ?> metadata, boolean confidential, String source) {
        MetadataReader reader = new MetadataReader(metadata);
        Client client = read(reader, confidential, source);
        reader.refuseUnknown(FIELDS);
        return reader.problems().isEmpty()
                ? new Result.Accepted(client)
                : new Result.Refused(List.copyOf(reader.problems()));
    }

    private static Client read(MetadataReader reader, boolean confidential, String source) {
        ClientKind kind = kind(reader);
        String clientId = clientId(reader);
        Set<ClientAuthMethod> authMethods = authMethods(reader, kind, confidential);
        boolean isPublic = authMethods.contains(ClientAuthMethod.NONE);
        Set<String> grantTypes = grantTypes(reader, kind, isPublic);
        List<String> redirectUris = redirectUris(reader, "redirect_uris", kind);
        if (grantTypes.contains(CODE) && redirectUris.isEmpty() && !reader.has("redirect_uris")) {
            reader.problem("redirect_uris", "is missing", "name the address that receives the code");
        }
        if (!grantTypes.contains(CODE) && !redirectUris.isEmpty()) {
            reader.problem("redirect_uris", "is of no use without the grant type " + CODE, "remove it");
        }
        Duration idle =
                reader.duration("refresh_token_idle_lifetime", Duration.ofDays(14), Duration.ofMinutes(1), YEAR);
        Duration absolute =
                reader.duration("refresh_token_absolute_lifetime", Duration.ofDays(30), Duration.ofMinutes(1), YEAR);
        if (idle.compareTo(absolute) > 0) {
            reader.problem(
                    "refresh_token_idle_lifetime",
                    "is longer than refresh_token_absolute_lifetime",
                    "make it at most as long");
        }
        return new Client(
                clientId,
                name(reader, clientId),
                kind,
                authMethods,
                grantTypes,
                redirectUris,
                redirectUris(reader, "post_logout_redirect_uris", kind),
                scopes(reader, grantTypes),
                audience(reader),
                pkceRequired(reader, isPublic),
                reader.flag("require_consent", true),
                reader.duration("access_token_lifetime", Duration.ofMinutes(15), Duration.ofSeconds(10), DAY),
                reader.duration("id_token_lifetime", Duration.ofMinutes(15), Duration.ofSeconds(10), DAY),
                idle,
                absolute,
                reader.duration(
                        "refresh_token_repeat_window", Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(120)),
                reader.oneOf("access_token_signed_response_alg", ALGORITHMS, "ES256"),
                reader.oneOf("id_token_signed_response_alg", ALGORITHMS, "RS256"),
                reader.oneOf("access_token_type_header", TYPE_HEADERS, "at+jwt"),
                corsOrigins(reader),
                reader.has("default_max_age")
                        ? reader.duration("default_max_age", Duration.ZERO, Duration.ZERO, YEAR)
                        : null,
                page(reader, "logo_uri"),
                page(reader, "client_uri"),
                page(reader, "policy_uri"),
                page(reader, "tos_uri"),
                new Client.Disclosure(
                        reader.claimMappings(),
                        Sectors.read(reader, redirectUris),
                        TokenFormat.of(reader.oneOf("access_token_type", TokenFormat.codes(), TokenFormat.JWT.code()))
                                .orElseThrow(),
                        reader.optionOf("userinfo_signed_response_alg", ALGORITHMS),
                        reader.oneOf("introspection_signed_response_alg", ALGORITHMS, "RS256")),
                source,
                false);
    }

    private static String clientId(MetadataReader reader) {
        String clientId = reader.text("client_id");
        if (clientId == null) {
            if (!reader.has("client_id")) {
                reader.problem("client_id", "is missing", "give the client a name for the protocol, such as my-shop");
            }
            return "";
        }
        if (!CLIENT_ID.matcher(clientId).matches()) {
            reader.problem("client_id", "has characters that it may not have", "use up to 100 of A-Z a-z 0-9 . _ ~ -");
        }
        return clientId;
    }

    /** People trust this name: nothing in it may turn the text around or hide in it. */
    private static String name(MetadataReader reader, String clientId) {
        String name = reader.text("client_name");
        if (name == null) {
            return clientId;
        }
        if (name.length() > 100 || UNPRINTABLE.matcher(name).find()) {
            reader.problem(
                    "client_name", "is too long or has invisible characters", "use up to 100 visible characters");
        }
        return name;
    }

    private static ClientKind kind(MetadataReader reader) {
        String code = reader.text("kind", ClientKind.WEB.code());
        return ClientKind.of(code).orElseGet(() -> {
            reader.problem("kind", "is unknown: " + code, "choose web, spa, native, machine or device");
            return ClientKind.WEB;
        });
    }

    /** A client with a secret may send it either way: libraries disagree on which is usual. */
    private static Set<ClientAuthMethod> authMethods(MetadataReader reader, ClientKind kind, boolean confidential) {
        String field = "token_endpoint_auth_method";
        String fallback = (confidential ? ClientAuthMethod.CLIENT_SECRET_BASIC : kind.defaultAuthMethod()).value();
        String value = reader.text(field, fallback);
        ClientAuthMethod method = ClientAuthMethod.of(value).orElse(null);
        boolean keepsSecrets = kind != ClientKind.SPA && kind != ClientKind.NATIVE;
        if (method == null) {
            reader.problem(field, "is not offered: " + value, "choose none, client_secret_basic or client_secret_post");
            return EnumSet.of(kind.defaultAuthMethod());
        }
        if (method == ClientAuthMethod.NONE) {
            if (confidential) {
                reader.problem(field, "is none, but the client has a secret", "remove the secret or this line");
            } else if (keepsSecrets) {
                reader.problem(field, "is none, which a client of this kind may not have", "use kind spa or native");
            }
            return EnumSet.of(ClientAuthMethod.NONE);
        }
        if (!keepsSecrets) {
            String reason = "a client of this kind runs at people's devices and cannot keep a secret";
            reader.problem(confidential && !reader.has(field) ? "kind" : field, reason, "use kind web, or no secret");
        }
        return EnumSet.of(ClientAuthMethod.CLIENT_SECRET_BASIC, ClientAuthMethod.CLIENT_SECRET_POST);
    }

    private static Set<String> grantTypes(MetadataReader reader, ClientKind kind, boolean isPublic) {
        String field = "grant_types";
        List<String> named = reader.list(field);
        Set<String> grants = new LinkedHashSet<>(
                named == null ? kind.defaultGrantTypes().stream().sorted().toList() : named);
        if (grants.isEmpty()) {
            reader.problem(field, "is empty", "name " + CODE + " or " + MACHINE_GRANT);
        }
        int position = 0;
        for (String grant : grants) {
            String here = field + "[" + position++ + "]";
            switch (grant) {
                case CODE, MACHINE_GRANT, REFRESH -> {}
                case "password", "implicit" ->
                    reader.problem(here, grant + " is not offered: RFC 9700 forbids or warns of it", "use " + CODE);
                default ->
                    reader.problem(
                            here, "is not offered: " + grant, "use " + CODE + ", " + REFRESH + " or " + MACHINE_GRANT);
            }
        }
        if (grants.contains(REFRESH) && !grants.contains(CODE)) {
            reader.problem(field, REFRESH + " needs a person who signed in", "add " + CODE + " or remove " + REFRESH);
        }
        if (grants.contains(MACHINE_GRANT) && isPublic) {
            // RFC 6749 section 4.4: "MUST only be used by confidential clients".
            reader.problem(
                    field, MACHINE_GRANT + " is for clients with a secret only", "remove it or use kind machine");
        }
        boolean machine = kind == ClientKind.MACHINE || kind == ClientKind.DEVICE;
        if (machine && grants.contains(CODE)) {
            reader.problem(field, "nobody signs in at a client of kind " + kind.code(), "use kind web");
        }
        checkResponseTypes(reader);
        return grants;
    }

    private static void checkResponseTypes(MetadataReader reader) {
        List<String> types = reader.list("response_types");
        if (types != null && !types.stream().allMatch("code"::equals)) {
            reader.problem("response_types", "only code is offered", "write [code] or remove it");
        }
    }

    private static List<String> redirectUris(MetadataReader reader, String field, ClientKind kind) {
        List<String> uris = reader.list(field);
        if (uris == null) {
            return List.of();
        }
        for (int i = 0; i < uris.size(); i++) {
            UriRules.refusalOfRedirect(reader, field + "[" + i + "]", uris.get(i), kind);
        }
        return List.copyOf(uris);
    }

    private static Set<String> scopes(MetadataReader reader, Set<String> grantTypes) {
        String scope = reader.text("scope", grantTypes.contains(CODE) ? "openid profile email" : "");
        Set<String> scopes = new LinkedHashSet<>();
        for (String token : scope.strip().split(" +")) {
            if (!token.isEmpty() && !SCOPE.matcher(token).matches()) {
                reader.problem("scope", "has a name with characters that it may not have: " + token, "rename it");
            } else if (!token.isEmpty()) {
                scopes.add(token);
            }
        }
        return scopes;
    }

    private static List<String> audience(MetadataReader reader) {
        List<String> audience = reader.list("audience");
        if (audience == null) {
            return List.of();
        }
        for (int i = 0; i < audience.size(); i++) {
            if (!AUDIENCE.matcher(audience.get(i)).matches()) {
                reader.problem("audience[" + i + "]", "has spaces or unusual characters", "write the API's address");
            }
        }
        return List.copyOf(audience);
    }

    private static boolean pkceRequired(MetadataReader reader, boolean isPublic) {
        boolean required = reader.flag("require_pkce", true);
        if (!required && isPublic) {
            // RFC 9700 section 2.1.1: "Public clients MUST use PKCE".
            reader.problem("require_pkce", "may be waived for clients with a secret only", "remove it");
        }
        return required;
    }

    private static Set<String> corsOrigins(MetadataReader reader) {
        List<String> origins = reader.list("allowed_cors_origins");
        if (origins == null) {
            return Set.of();
        }
        for (int i = 0; i < origins.size(); i++) {
            UriRules.refusalOfOrigin(reader, "allowed_cors_origins[" + i + "]", origins.get(i));
        }
        return new LinkedHashSet<>(origins);
    }

    private static @Nullable String page(MetadataReader reader, String field) {
        String uri = reader.text(field);
        if (uri != null) {
            UriRules.refusalOfPage(reader, field, uri);
        }
        return uri;
    }
}
