package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Token revocation. */
class Rfc7009Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    @Nested
    class Section2_1_TheRequest {

        @Test
        void withARefreshTokenEndsTheWholeGrant() {
            Http.Answer tokens = shop.tokens();

            assertThat(shop.revoke(tokens.text("refresh_token")).status()).isEqualTo(200);
            Refusal.assertInvalidGrant(shop.refresh(tokens.text("refresh_token")));
            assertThat(shop.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
            assertThat(active(tokens.text("access_token"))).isFalse();
        }

        @Test
        void withASpentRefreshTokenEndsTheGrantToo() {
            Http.Answer first = shop.tokens();
            Http.Answer second = shop.refresh(first.text("refresh_token"));

            assertThat(shop.revoke(first.text("refresh_token")).status()).isEqualTo(200);
            Refusal.assertInvalidGrant(shop.refresh(second.text("refresh_token")));
        }

        @Test
        void withAnAccessTokenEndsThatTokenAlone() {
            Http.Answer tokens = shop.tokens();

            assertThat(shop.revoke(tokens.text("access_token")).status()).isEqualTo(200);
            assertThat(shop.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
            assertThat(active(tokens.text("access_token"))).isFalse();
            Http.Answer next = shop.refresh(tokens.text("refresh_token"));
            assertThat(shop.userInfo(next.text("access_token")).status()).isEqualTo(200);
        }

        @Test
        void withATokenOfAMachineEndsIt() {
            App robot = App.robot(server);
            String token =
                    robot.token(Map.of("grant_type", "client_credentials")).text("access_token");

            assertThat(robot.revoke(token).status()).isEqualTo(200);
            assertThat(robot.introspect(token).json().path("active").asBoolean())
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"refresh_token", "access_token", "nonsense"})
        void aHintMayBeWrong(String hint) {
            Http.Answer tokens = shop.tokens();

            Http.Answer answer =
                    shop.call("/oauth2/revoke", Map.of("token", tokens.text("refresh_token"), "token_type_hint", hint));
            assertThat(answer.status()).isEqualTo(200);
            Refusal.assertInvalidGrant(shop.refresh(tokens.text("refresh_token")));
        }

        @Test
        void anotherClientsTokenIsRefusedAndStays() {
            Http.Answer tokens = shop.tokens();
            for (App other : new App[] {App.forum(server), App.spa(server), App.robot(server)}) {
                Refusal.assertClean(other.revoke(tokens.text("refresh_token")));
                Refusal.assertClean(other.revoke(tokens.text("access_token")));
            }

            assertThat(active(tokens.text("access_token"))).isTrue();
            assertThat(shop.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
        }

        @Test
        void aPublicClientMayRevokeItsTokens() {
            App spa = App.spa(server);
            Http.Answer tokens = spa.tokens();

            assertThat(spa.revoke(tokens.text("refresh_token")).status()).isEqualTo(200);
            Refusal.assertInvalidGrant(spa.refresh(tokens.text("refresh_token")));
        }

        @Test
        void aClientMustAuthenticate() {
            String token = shop.tokens().text("refresh_token");

            Refusal.assertError(
                    Http.post(server.url("/oauth2/revoke"), Map.of("token", token), Map.of()), 401, "invalid_client");
            Refusal.assertError(
                    Http.post(server.url("/oauth2/revoke"), Map.of("token", token, "client_id", "shop"), Map.of()),
                    401,
                    "invalid_client");
        }

        @Test
        void aMissingTokenIsRefused() {
            Refusal.assertError(shop.call("/oauth2/revoke", Map.of("x", "y")), 400, "invalid_request");
        }
    }

    @Nested
    class Section2_2_TheAnswer {

        @ParameterizedTest
        @ValueSource(strings = {"unknown", "sgn_rt_AAAA", "a.b.c", "\u00e9", "eyJhbGciOiJub25lIn0.e30."})
        void isTheSameForATokenNobodyKnows(String token) {
            assertThat(shop.revoke(token).status()).isEqualTo(200);
        }

        @Test
        void isEmptyAndWithoutAType() {
            Http.Answer answer = shop.revoke(shop.tokens().text("refresh_token"));

            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("Content-Type")).isEmpty();
            assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        }

        @Test
        void isTheSameTheSecondTime() {
            String token = shop.tokens().text("refresh_token");
            shop.revoke(token);

            assertThat(shop.revoke(token).status()).isEqualTo(200);
        }

        @Test
        void otherBearerValuesAreNoTokens() {
            Http.Answer tokens = shop.tokens();
            String code = shop.code();
            shop.revoke(tokens.text("id_token"));
            shop.revoke(code);

            assertThat(active(tokens.text("access_token"))).isTrue();
            assertThat(shop.redeem(code).status()).isEqualTo(200);
        }
    }

    private boolean active(String token) {
        return shop.introspect(token).json().path("active").asBoolean();
    }
}
