package dev.signet.protocol;

import dev.signet.clients.Api;
import dev.signet.clients.Apis;
import dev.signet.clients.Scope;
import dev.signet.clients.Scopes;
import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import dev.signet.login.AuthenticationRequirements;
import dev.signet.site.Issuer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What this server can do, for clients to read: OpenID Connect Discovery section 3 and RFC 8414 section 2, one document at
 * both addresses, open to everybody. What stands here works, and what works stands here.
 */
@Controller
class MetadataEndpoint {

    private static final String MAX_AGE = "public, max-age=300";

    private final SigningKeys keys;
    private final Scopes scopes;
    private final Apis apis;
    private final Issuer issuer;

    private volatile @Nullable Prepared latest;

    MetadataEndpoint(SigningKeys keys, Scopes scopes, Apis apis, Issuer issuer) {
        this.keys = keys;
        this.scopes = scopes;
        this.apis = apis;
        this.issuer = issuer;
    }

    @GetMapping({"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
    void metadata(HttpServletResponse response) throws IOException {
        byte[] body = current();
        response.setContentType("application/json");
        response.setHeader("Cache-Control", MAX_AGE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The document, and what it was made of: as long as that is the same, so is the document. */
    private record Prepared(
            Map<String, Scope> scopes, Collection<Api> apis, List<SigningAlgorithm> algorithms, byte[] body) {}

    /** Only scopes and APIs come from the database; while it is away, those of before are a better answer than none. */
    @SuppressWarnings("ReferenceEquality")
    private byte[] current() {
        Prepared before = latest;
        try {
            Map<String, Scope> scopesNow = scopes.all();
            Collection<Api> apisNow = apis.all();
            List<SigningAlgorithm> algorithms = Arrays.stream(SigningAlgorithm.values())
                    .filter(keys::available)
                    .toList();
            if (before != null
                    && before.scopes() == scopesNow
                    && before.apis() == apisNow
                    && before.algorithms().equals(algorithms)) {
                return before.body();
            }
            byte[] body = Json.bytes(document(scopesNow, apisNow, algorithms));
            latest = new Prepared(scopesNow, apisNow, algorithms, body);
            return body;
        } catch (DataAccessException e) {
            if (before == null) {
                throw e;
            }
            return before.body();
        }
    }

    private Map<String, Object> document(
            Map<String, Scope> scopes, Collection<Api> apis, List<SigningAlgorithm> signing) {
        List<String> clientMethods = List.of("client_secret_basic", "client_secret_post", "none");
        List<String> algorithms =
                signing.stream().map(SigningAlgorithm::jwsName).toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer.value());
        document.put("authorization_endpoint", issuer.url(AuthorizationEndpoint.PATH));
        document.put("token_endpoint", issuer.url(TokenEndpoint.PATH));
        document.put("userinfo_endpoint", issuer.url(UserInfoEndpoint.PATH));
        document.put("jwks_uri", issuer.url(JwkSetEndpoint.PATH));
        document.put("introspection_endpoint", issuer.url(IntrospectionEndpoint.PATH));
        document.put("revocation_endpoint", issuer.url(RevocationEndpoint.PATH));
        document.put("end_session_endpoint", issuer.url(EndSessionEndpoint.PATH));
        document.put("status_list_aggregation_endpoint", issuer.url(StatusListEndpoint.PATH));
        document.put("scopes_supported", List.copyOf(scopes.keySet()));
        document.put("protected_resources", protectedResources(apis));
        document.put("response_types_supported", List.of("code"));
        document.put(
                "response_modes_supported",
                Arrays.stream(ResponseMode.values()).map(ResponseMode::value).toList());
        document.put("grant_types_supported", List.of("authorization_code", "refresh_token", "client_credentials"));
        document.put("subject_types_supported", List.of("public", "pairwise"));
        document.put("acr_values_supported", List.of(AuthenticationRequirements.ACR_PASSWORD));
        document.put("id_token_signing_alg_values_supported", algorithms);
        document.put("userinfo_signing_alg_values_supported", algorithms);
        document.put("introspection_signing_alg_values_supported", algorithms);
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("token_endpoint_auth_methods_supported", clientMethods);
        document.put("revocation_endpoint_auth_methods_supported", clientMethods);
        document.put(
                "introspection_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        document.put("display_values_supported", List.of("page"));
        document.put("claim_types_supported", List.of("normal"));
        document.put("claims_supported", claims(scopes.values()));
        document.put("claims_parameter_supported", true);
        document.put("request_parameter_supported", false);
        document.put("request_uri_parameter_supported", false);
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("ui_locales_supported", List.of("en", "fr", "de", "es"));
        return document;
    }

    /** RFC 9728 section 4: the identifiers clients may name as {@code resource}; those that are web addresses. */
    private static List<String> protectedResources(Collection<Api> apis) {
        return apis.stream()
                .filter(api -> !api.disabled() && api.identifier().startsWith("https://"))
                .map(Api::identifier)
                .toList();
    }

    private static List<String> claims(Collection<Scope> scopes) {
        List<String> claims = new java.util.ArrayList<>(List.of(
                "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "at_hash", "sid"));
        for (Scope scope : scopes) {
            scope.claims().stream().filter(claim -> !claims.contains(claim)).forEach(claims::add);
        }
        return claims;
    }
}
