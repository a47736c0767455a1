package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Authorization server metadata: what stands there works, what works stands there. */
class Rfc8414Tests {

    private final SignetServer server = SignetServer.shared();
    private final Http.Answer answer = Http.get(server.url("/.well-known/oauth-authorization-server"));
    private final JsonNode metadata = answer.json();

    @Nested
    class Section2_TheMembers {

        @Test
        void theIssuerIsTheOneOfTheTokensByteForByte() {
            assertThat(text("issuer")).isEqualTo(server.issuer());
        }

        @Test
        void everyEndpointIsBelowTheIssuerAndAnswers() {
            List<String> endpoints = new ArrayList<>();
            metadata.properties().forEach(member -> {
                if (member.getKey().endsWith("_endpoint") || member.getKey().equals("jwks_uri")) {
                    endpoints.add(member.getValue().asString());
                }
            });

            assertThat(endpoints).hasSizeGreaterThan(6).allSatisfy(endpoint -> {
                assertThat(endpoint).startsWith(server.issuer() + "/");
                assertThat(Http.get(endpoint, Map.of("Accept", "text/html")).status())
                        .isNotIn(404, 500);
            });
        }

        @Test
        void nothingIsAdvertisedThatIsNotOffered() {
            assertThat(strings("response_types_supported")).containsExactly("code");
            assertThat(strings("code_challenge_methods_supported")).containsExactly("S256");
            assertThat(strings("grant_types_supported")).doesNotContain("password", "implicit");
            assertThat(strings("id_token_signing_alg_values_supported"))
                    .contains("RS256")
                    .doesNotContain("none", "HS256");
            assertThat(metadata.path("authorization_response_iss_parameter_supported")
                            .asBoolean())
                    .isTrue();
            for (String methods :
                    new String[] {"token_endpoint_auth_methods_supported", "revocation_endpoint_auth_methods_supported"
                    }) {
                assertThat(strings(methods)).contains("client_secret_basic", "client_secret_post", "none");
            }
            assertThat(strings("introspection_endpoint_auth_methods_supported")).doesNotContain("none");
        }

        @Test
        void everyAdvertisedResponseModeAnswers() {
            App shop = App.shop(server);
            for (String mode : strings("response_modes_supported")) {
                Http.Answer refused = Http.get(
                        shop.address(shop.request(Map.of("prompt", "none", "response_mode", mode))),
                        Map.of("Accept", "text/html"));
                assertThat(refused.status()).as(mode).isIn(200, 303);
                assertThat(refused.body() + refused.header("Location").orElse(""))
                        .contains("login_required");
            }
        }

        @Test
        void aListWithNothingInItIsLeftOut() {
            metadata.properties()
                    .forEach(member -> assertThat(member.getValue().isArray()
                                    && member.getValue().isEmpty())
                            .as(member.getKey())
                            .isFalse());
        }
    }

    @Nested
    class Section3_TheAnswer {

        @Test
        void isJsonThatMayBeKeptForAWhile() {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).hasValue("application/json");
            assertThat(answer.header("Cache-Control").orElseThrow()).contains("public", "max-age=");
        }

        @Test
        void isTheSameAsOpenIdDiscovery() {
            assertThat(Http.get(server.url("/.well-known/openid-configuration")).json())
                    .isEqualTo(metadata);
        }
    }

    private String text(String member) {
        return metadata.path(member).asString();
    }

    private List<String> strings(String member) {
        List<String> values = new ArrayList<>();
        metadata.path(member).forEach(value -> values.add(value.asString()));
        return values;
    }
}
