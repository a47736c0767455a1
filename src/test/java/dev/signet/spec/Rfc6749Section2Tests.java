package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients prove who they are. */
class Rfc6749Section2Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    @Nested
    class Section2_3_ClientAuthentication {

        private final Map<String, String> grant = Map.of("grant_type", "client_credentials");

        @Test
        void aSecretMayComeInTheHeaderOrInTheBody() {
            assertThat(shop.token(grant).status()).isEqualTo(200);
            assertThat(inBody(shop.clientId(), shop.secret()).status()).isEqualTo(200);
        }

        @Test
        void idAndSecretInTheHeaderAreFormEncoded() {
            assertThat(App.courier(server).token(grant).status()).isEqualTo(200);
        }

        @Test
        void aWrongSecretIsAnsweredWithAChallengeForTheScheme() {
            Http.Answer answer = Http.post(server.url("/oauth2/token"), grant, basic("shop", "wrong"));

            Refusal.assertError(answer, 401, "invalid_client");
            assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Basic realm=\"");
        }

        @Test
        void unknownClientAndWrongSecretGetTheSameAnswer() {
            Http.Answer unknown = Http.post(server.url("/oauth2/token"), grant, basic("nobody", "wrong"));
            Http.Answer wrong = Http.post(server.url("/oauth2/token"), grant, basic("shop", "wrong"));

            assertThat(unknown.body().replace(unknown.text("error_id"), ""))
                    .isEqualTo(wrong.body().replace(wrong.text("error_id"), ""));
            assertThat(unknown.headers().map().keySet())
                    .isEqualTo(wrong.headers().map().keySet());
        }

        @Test
        void aConfidentialClientMustAuthenticate() {
            Refusal.assertError(inBody("shop", null), 401, "invalid_client");
            Refusal.assertError(inBody("shop", ""), 401, "invalid_client");
            Refusal.assertError(Http.post(server.url("/oauth2/token"), grant, Map.of()), 401, "invalid_client");
        }

        @Test
        void twoMethodsAtOnceAreRefused() {
            Map<String, String> form = new LinkedHashMap<>(grant);
            form.put("client_secret", shop.secret());

            Refusal.assertError(shop.token(form), 400, "invalid_request");
        }

        @Test
        void anotherClientIdInTheBodyThanInTheHeaderIsRefused() {
            Map<String, String> form = new LinkedHashMap<>(grant);
            form.put("client_id", "forum");

            Refusal.assertError(shop.token(form), 400, "invalid_request");
        }

        @Test
        void theSameClientIdInTheBodyAndInTheHeaderWillDo() {
            Map<String, String> form = new LinkedHashMap<>(grant);
            form.put("client_id", "shop");

            assertThat(shop.token(form).status()).isEqualTo(200);
        }

        @Test
        void aPublicClientHasNoSecretToSend() {
            Refusal.assertError(inBody("spa", "anything"), 401, "invalid_client");
            Refusal.assertError(
                    Http.post(server.url("/oauth2/token"), grant, basic("spa", "anything")), 401, "invalid_client");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Basic",
                    "Basic ",
                    "Basic !!!",
                    "Basic Og==",
                    "Basic c2hvcA==",
                    "Basic c2hvcDolJSU=",
                    "Bearer x",
                    "x"
                })
        void anUnreadableHeaderIsRefused(String header) {
            Refusal.assertError(
                    Http.post(server.url("/oauth2/token"), grant, Map.of("Authorization", header)),
                    401,
                    "invalid_client");
        }

        @Test
        void assertionsAreNotTakenForAuthenticationWhereTheyAreNotOffered() {
            Map<String, String> form = new LinkedHashMap<>(grant);
            form.put("client_id", "shop");
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", "eyJhbGciOiJub25lIn0.e30.");

            Refusal.assertError(Http.post(server.url("/oauth2/token"), form, Map.of()), 401, "invalid_client");
        }

        private Http.Answer inBody(String id, String secret) {
            Map<String, String> form = new LinkedHashMap<>(grant);
            form.put("client_id", id);
            if (secret != null) {
                form.put("client_secret", secret);
            }
            return Http.post(server.url("/oauth2/token"), form, Map.of());
        }
    }

    private static Map<String, String> basic(String id, String secret) {
        return Map.of("Authorization", Http.basic(id, secret));
    }
}
