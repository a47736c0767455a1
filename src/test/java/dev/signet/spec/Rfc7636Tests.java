package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proof Key for Code Exchange. */
class Rfc7636Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final App legacy = App.legacy(server);

    @Nested
    class Section4_3_TheAuthorizationRequest {

        @ParameterizedTest
        @ValueSource(strings = {"shop", "spa", "desktop"})
        void aChallengeIsRequiredByDefault(String kind) {
            App app = kind.equals("spa") ? App.spa(server) : kind.equals("desktop") ? App.desktop(server) : shop;

            assertThat(refused(app, Map.of("code_challenge", "", "code_challenge_method", "")))
                    .isEqualTo("invalid_request");
        }

        @ParameterizedTest
        @CsvSource({"plain", "''", "s256", "S512", "none"})
        void noMethodButS256IsTaken(String method) {
            assertThat(refused(shop, Map.of("code_challenge_method", method))).isEqualTo("invalid_request");
            assertThat(refused(legacy, Map.of("code_challenge_method", method))).isEqualTo("invalid_request");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "short",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM"
                })
        void aChallengeThatIsNoHashIsRefused(String challenge) {
            assertThat(refused(shop, Map.of("code_challenge", challenge))).isEqualTo("invalid_request");
        }

        @Test
        void aMethodWithoutAChallengeIsRefusedEvenWherePkceIsWaived() {
            assertThat(refused(legacy, Map.of("code_challenge", ""))).isEqualTo("invalid_request");
        }

        private String refused(App app, Map<String, String> changes) {
            Http.Answer answer = Http.get(app.address(app.request(changes)));
            assertThat(answer.status()).isEqualTo(303);
            return answer.locationParameters().get("error");
        }
    }

    @Nested
    class Section4_6_TheVerifier {

        @Test
        void ofTheAppendixIsTaken() {
            Map<String, String> request =
                    shop.request(Map.of("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
            String code =
                    shop.code(new Browser(server).open(shop.address(request)).signIn("ada", "correct horse battery"));

            assertThat(redeem(shop, code, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk "
                })
        void anotherOrNoneIsRefusedAndSpendsNothing(String verifier) {
            String code = shop.code();

            Refusal.assertInvalidGrant(redeem(shop, code, verifier));
            assertThat(redeem(shop, code, App.VERIFIER).status()).isEqualTo(200);
        }

        @Test
        void isNeededOfAPublicClient() {
            App spa = App.spa(server);
            String code = spa.code();

            Refusal.assertInvalidGrant(redeem(spa, code, ""));
        }

        @Test
        void isNeededWhereAChallengeWasSentThoughItWasNotRequired() {
            String code = legacy.code();

            Refusal.assertInvalidGrant(redeem(legacy, code, ""));
            assertThat(redeem(legacy, code, App.VERIFIER).status()).isEqualTo(200);
        }

        @Test
        void isRefusedWithoutAChallenge() {
            String code = withoutPkce();

            // RFC 9700 section 4.8.2: else nobody would notice that the challenge was stripped.
            Refusal.assertInvalidGrant(redeem(legacy, code, App.VERIFIER));
        }

        @Test
        void isNotNeededWhereNeitherWasSent() {
            assertThat(redeem(legacy, withoutPkce(), "").status()).isEqualTo(200);
        }

        private String withoutPkce() {
            Map<String, String> request = legacy.request(Map.of("code_challenge", "", "code_challenge_method", ""));
            return legacy.code(
                    new Browser(server).open(legacy.address(request)).signIn("ada", "correct horse battery"));
        }
    }

    private static Http.Answer redeem(App app, String code, String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", app.redirectUri());
        form.put("code_verifier", verifier);
        return app.token(form);
    }
}
