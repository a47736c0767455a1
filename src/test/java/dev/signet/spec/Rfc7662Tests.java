package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Token introspection: for a token's client and for the API it is meant for, and for nobody else. */
class Rfc7662Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final App courier = App.courier(server);
    private final App api = App.orders(server);

    @Nested
    class Section2_1_WhoMayAsk {

        @Test
        void theClientOfTheToken() {
            assertThat(active(shop, shop.tokens().text("access_token"))).isTrue();
        }

        @Test
        void theApiTheTokenIsFor() {
            assertThat(active(api, machineToken())).isTrue();
        }

        @Test
        void noOtherClient() {
            Http.Answer tokens = shop.tokens();
            for (String token : new String[] {tokens.text("access_token"), tokens.text("refresh_token")}) {
                for (App other : new App[] {App.forum(server), courier, api}) {
                    assertThat(other.introspect(token).body()).isEqualTo("{\"active\":false}");
                }
            }
        }

        @Test
        void anApiLearnsNothingOfRefreshTokens() {
            assertThat(active(api, shop.tokens().text("refresh_token"))).isFalse();
        }

        @Test
        void noClientWithoutCredentials() {
            String token = App.spa(server).tokens().text("access_token");

            Refusal.assertError(App.spa(server).introspect(token), 401, "invalid_client");
            Refusal.assertError(
                    Http.post(server.url("/oauth2/introspect"), Map.of("token", token), Map.of()),
                    401,
                    "invalid_client");
            Refusal.assertError(
                    Http.post(
                            server.url("/oauth2/introspect"),
                            Map.of("token", token),
                            Map.of("Authorization", "Bearer " + token)),
                    401,
                    "invalid_client");
        }

        @Test
        void aMissingTokenIsRefused() {
            Refusal.assertError(shop.call("/oauth2/introspect", Map.of("x", "y")), 400, "invalid_request");
        }
    }

    @Nested
    class Section2_2_TheAnswer {

        @Test
        void describesAnAccessToken() {
            JsonNode answer =
                    shop.introspect(shop.tokens().text("access_token")).json();

            assertThat(answer.path("active").asBoolean()).isTrue();
            assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
            assertThat(answer.path("client_id").asString()).isEqualTo("shop");
            assertThat(answer.path("iss").asString()).isEqualTo(server.issuer());
            assertThat(answer.path("sub").asString()).isNotEmpty();
            assertThat(answer.path("scope").isString()).isTrue();
            assertThat(answer.path("exp").isIntegralNumber()).isTrue();
            assertThat(answer.path("exp").asLong() - answer.path("iat").asLong())
                    .isEqualTo(900);
        }

        @Test
        void describesARefreshToken() {
            JsonNode answer =
                    shop.introspect(shop.tokens().text("refresh_token")).json();

            assertThat(answer.path("active").asBoolean()).isTrue();
            assertThat(answer.path("client_id").asString()).isEqualTo("shop");
            assertThat(answer.has("token_type")).isFalse();
        }

        @Test
        void isNotKept() {
            Http.Answer answer = shop.introspect("x");

            assertThat(answer.header("Cache-Control")).hasValue("no-store");
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "a.b.c", "sgn_rt_", "sgn_at_AAAA", "eyJhbGciOiJub25lIn0.e30.", " ", "\u00e9"})
        void saysNoMoreThanNotActiveOfWhatIsNoToken(String token) {
            Http.Answer answer = shop.introspect(token);

            if (answer.status() != 400) {
                assertThat(answer.body()).isEqualTo("{\"active\":false}");
            }
        }

        @Test
        void otherBearerValuesAreNotActive() {
            Http.Answer tokens = shop.tokens();
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", "correct horse battery");
            for (String other : new String[] {
                tokens.text("id_token"),
                shop.code(),
                browser.cookies().get("signet_session"),
                browser.cookies().get("signet_browser"),
                shop.secret()
            }) {
                assertThat(shop.introspect(other).body()).isEqualTo("{\"active\":false}");
            }
        }

        @Test
        void aSpentRefreshTokenIsNotActive() {
            String token = shop.tokens().text("refresh_token");
            shop.refresh(token);

            assertThat(active(shop, token)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"refresh_token", "access_token", "nonsense"})
        void aHintMayBeWrong(String hint) {
            String token = shop.tokens().text("access_token");

            assertThat(shop.call("/oauth2/introspect", Map.of("token", token, "token_type_hint", hint))
                            .json()
                            .path("active")
                            .asBoolean())
                    .isTrue();
        }

        @Test
        void theTokensOfASessionThatEndedAreNotActive() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", "correct horse battery");
            Http.Answer tokens = shop.redeem(shop.code(browser));
            browser.open(server.issuer() + "/logout?id_token_hint=" + tokens.text("id_token"));

            assertThat(active(shop, tokens.text("access_token"))).isFalse();
            assertThat(active(shop, tokens.text("refresh_token"))).isFalse();
        }
    }

    private String machineToken() {
        return courier.token(Map.of("grant_type", "client_credentials")).text("access_token");
    }

    private static boolean active(App app, String token) {
        return app.introspect(token).json().path("active").asBoolean();
    }
}
