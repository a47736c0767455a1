package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bearer token usage, at the one resource this server has itself: UserInfo. */
class Rfc6750Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final String token = shop.tokens().text("access_token");

    @Nested
    class Section2_WaysToSendAToken {

        @ParameterizedTest
        @ValueSource(strings = {"Bearer ", "bearer ", "BEARER "})
        void inTheHeaderWhateverTheCaseOfTheScheme(String scheme) {
            assertThat(get(Map.of("Authorization", scheme + token)).status()).isEqualTo(200);
        }

        @Test
        void inTheHeaderOfAPost() {
            assertThat(Raw.post(server, "/userinfo", "", "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void inAForm() {
            assertThat(post(Map.of("access_token", token), Map.of()).status()).isEqualTo(200);
        }

        @Test
        void notInTheAddress() {
            Http.Answer answer = Http.get(server.url("/userinfo?access_token=" + token));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(Raw.post(server, "/userinfo?access_token=" + token, "x=1")
                            .status())
                    .isEqualTo(401);
        }

        @Test
        void notInABodyOfAnotherType() {
            Http.Answer answer = Raw.post(server, "/userinfo", "access_token=" + token, "Content-Type: text/plain");

            assertThat(answer.status()).isEqualTo(401);
        }

        @Test
        void notInTwoWaysAtOnce() {
            Http.Answer answer = post(Map.of("access_token", token), Map.of("Authorization", "Bearer " + token));

            Refusal.assertError(answer, 400, "invalid_request");
            assertThat(challenge(answer)).contains("error=\"invalid_request\"");
        }
    }

    @Nested
    class Section3_TheChallenge {

        @Test
        void saysNothingOfErrorsToARequestWithoutAToken() {
            Http.Answer answer = get(Map.of());

            assertThat(answer.status()).isEqualTo(401);
            assertThat(challenge(answer)).startsWith("Bearer").doesNotContain("error");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "x.y.z", "", " ", "eyJhbGciOiJub25lIn0.e30.", "sgn_rt_AAAA"})
        void saysInvalidTokenToOneThatIsNoneOfOurs(String other) {
            Http.Answer answer = Raw.get(server, "/userinfo", "Authorization: Bearer " + other);

            assertThat(answer.status()).isEqualTo(401);
            Refusal.assertClean(answer);
            assertThat(challenge(answer)).startsWith("Bearer");
        }

        @Test
        void saysInvalidTokenToARevokedOne() {
            shop.revoke(token);
            Http.Answer answer = shop.userInfo(token);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(challenge(answer)).contains("error=\"invalid_token\"");
        }

        @Test
        void saysInsufficientScopeToATokenWithoutOpenid() {
            String other = App.robot(server)
                    .token(Map.of("grant_type", "client_credentials"))
                    .text("access_token");
            Http.Answer answer = shop.userInfo(other);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(challenge(answer)).contains("error=\"insufficient_scope\"", "scope=\"openid\"");
        }

        @Test
        void basicIsNoWayIn() {
            assertThat(get(Map.of("Authorization", Http.basic("shop", shop.secret())))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Nested
    class Section5_3_Caches {

        @Test
        void whatATokenOpensIsNotKept() {
            assertThat(shop.userInfo(token).header("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void otherBearerValuesOpenNothing() {
        Http.Answer tokens = shop.tokens();
        for (String other : new String[] {tokens.text("id_token"), tokens.text("refresh_token"), shop.code()}) {
            assertThat(shop.userInfo(other).status()).isEqualTo(401);
        }
    }

    private Http.Answer get(Map<String, String> headers) {
        return Http.get(server.url("/userinfo"), headers);
    }

    private Http.Answer post(Map<String, String> form, Map<String, String> headers) {
        return Http.post(server.url("/userinfo"), form, headers);
    }

    private static String challenge(Http.Answer answer) {
        return answer.header("WWW-Authenticate").orElseThrow();
    }
}
