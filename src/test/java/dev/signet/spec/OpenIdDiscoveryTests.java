package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OpenID Connect Discovery 1.0, with the requirements of the official Config OP test plan. */
class OpenIdDiscoveryTests {

    private final SignetServer server = SignetServer.shared();
    private final Http.Answer answer = Http.get(server.url("/.well-known/openid-configuration"));
    private final JsonNode document = answer.json();

    private List<String> values(String name) {
        List<String> values = new ArrayList<>();
        document.path(name).forEach(value -> values.add(value.asString()));
        return values;
    }

    @Nested
    class Section3_Metadata {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "authorization_endpoint",
                    "token_endpoint",
                    "userinfo_endpoint",
                    "jwks_uri",
                    "end_session_endpoint",
                    "introspection_endpoint",
                    "revocation_endpoint"
                })
        void everyEndpointIsAnAddressOfThisServerThatAnswers(String name) {
            String address = document.path(name).asString();
            assertThat(address).startsWith(server.issuer() + "/").doesNotContain("#", "?");
            assertThat(Http.method("GET", address, Map.of("Accept", "text/html"))
                            .status())
                    .isNotIn(404, 500);
        }

        @Test
        void namesWhatIsRequired() {
            assertThat(values("response_types_supported")).containsExactly("code");
            assertThat(values("subject_types_supported")).containsExactly("public", "pairwise");
            assertThat(values("id_token_signing_alg_values_supported"))
                    .contains("RS256", "ES256")
                    .doesNotContain("none", "HS256");
            assertThat(values("scopes_supported"))
                    .contains("openid", "profile", "email", "address", "phone", "offline_access");
            assertThat(values("grant_types_supported")).contains("authorization_code", "refresh_token");
            assertThat(values("response_modes_supported")).contains("query", "form_post", "fragment");
            assertThat(values("code_challenge_methods_supported")).containsExactly("S256");
            assertThat(values("token_endpoint_auth_methods_supported"))
                    .contains("client_secret_basic", "client_secret_post");
            assertThat(values("claims_supported"))
                    .contains("sub", "iss", "auth_time", "acr", "name", "email", "address", "phone_number")
                    .doesNotHaveDuplicates();
            assertThat(values("acr_values_supported")).containsExactly("urn:signet:acr:password");
        }

        @Test
        void saysWhetherRequestObjectsAndClaimsAreTaken() {
            assertThat(document.path("claims_parameter_supported").booleanValue())
                    .isTrue();
            assertThat(document.path("request_parameter_supported").isBoolean()).isTrue();
            assertThat(document.path("request_parameter_supported").booleanValue())
                    .isFalse();
            // Left out it would mean "yes".
            assertThat(document.path("request_uri_parameter_supported").isBoolean())
                    .isTrue();
            assertThat(document.path("request_uri_parameter_supported").booleanValue())
                    .isFalse();
            assertThat(document.path("authorization_response_iss_parameter_supported")
                            .booleanValue())
                    .isTrue();
        }

        @Test
        void everyListIsAListAndNoneIsEmpty() {
            for (String name : document.propertyNames()) {
                if (name.endsWith("_supported") && !document.path(name).isBoolean()) {
                    assertThat(document.path(name).isArray()).as(name).isTrue();
                    assertThat(values(name)).as(name).isNotEmpty().doesNotHaveDuplicates();
                }
            }
        }
    }

    @Nested
    class Section4_Address {

        @Test
        void theDocumentIsJson() {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        }

        @Test
        void theIssuerIsTheOneTheDocumentWasFoundUnder() {
            assertThat(document.path("issuer").asString()).isEqualTo(server.issuer());
            assertThat(App.shop(server)
                            .verified(App.shop(server).tokens().text("id_token"))
                            .getIssuer())
                    .isEqualTo(server.issuer());
        }

        @Test
        void theIssuerIsNeverTakenFromTheRequest() {
            Http.Answer deceived = Http.get(
                    server.url("/.well-known/openid-configuration"),
                    Map.of("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "Forwarded", "host=evil"));
            assertThat(deceived.body()).isEqualTo(answer.body());
        }

        @Test
        void scriptsOfEverySiteMayReadIt() {
            Http.Answer asked = Http.get(
                    server.url("/.well-known/openid-configuration"), Map.of("Origin", "https://anywhere.example"));
            assertThat(asked.header("Access-Control-Allow-Origin")).isPresent();
        }
    }

    @Nested
    class Keys {

        private final JWKSet keys;

        Keys() throws java.text.ParseException {
            keys = JWKSet.parse(Http.get(document.path("jwks_uri").asString()).body());
        }

        @Test
        void areForSigningAndNamedApart() {
            assertThat(keys.getKeys()).isNotEmpty();
            assertThat(keys.getKeys()).allSatisfy(key -> {
                assertThat(key.getKeyID()).isNotEmpty();
                assertThat(key.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
                assertThat(key.getAlgorithm()).isNotNull();
            });
            assertThat(keys.getKeys().stream().map(JWK::getKeyID)).doesNotHaveDuplicates();
        }

        @Test
        void areThereForEveryAlgorithmAdvertised() {
            assertThat(keys.getKeys().stream().map(key -> key.getAlgorithm().getName()))
                    .containsAll(values("id_token_signing_alg_values_supported"));
        }

        @Test
        void holdNothingSecret() {
            assertThat(keys.getKeys()).noneMatch(JWK::isPrivate);
            String json = Http.get(document.path("jwks_uri").asString()).body();
            for (String secret : List.of("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"k\"", "\"oct\"")) {
                assertThat(json).doesNotContain(secret);
            }
        }
    }
}
