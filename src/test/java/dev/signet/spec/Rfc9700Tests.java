package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The best current practice for OAuth's security, where it asks for more than the standards with tests of their own: exact
 * redirect URIs ({@link RedirectUriTests}), PKCE ({@link Rfc7636Tests}), rotation ({@link Rfc6749Section6Tests}), {@code iss}
 * ({@link Rfc9207Tests}).
 */
class Rfc9700Tests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    @Nested
    class Section2_1_2_TheImplicitGrant {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "token",
                    "id_token",
                    "id_token token",
                    "code token",
                    "code id_token token",
                    "code code",
                    "code  token"
                })
        void noTokenEverComesByWayOfTheBrowser(String responseType) {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request(Map.of("response_type", responseType))));

            assertThat(browser.callbackParameters()).containsEntry("error", "unsupported_response_type");
            assertThat(browser.callback().toString()).doesNotContain("access_token", "id_token=");
        }
    }

    @Nested
    class Section4_2_Referrers {

        @Test
        void pagesAndAnswersTellOtherSitesNoAddress() {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            assertThat(browser.answer().header("Referrer-Policy")).hasValue("same-origin");
            browser.signIn("ada", PASSWORD);
            assertThat(browser.answer().header("Referrer-Policy")).hasValue("same-origin");
        }
    }

    @Nested
    class Section4_5_CodeInjection {

        @Test
        void aCodeBelongsToTheVerifierOfItsRequest() {
            String victims = shop.code();
            Map<String, String> form = Map.of(
                    "grant_type",
                    "authorization_code",
                    "code",
                    victims,
                    "redirect_uri",
                    shop.redirectUri(),
                    "code_verifier",
                    "the-attackers-own-verifier-0123456789-0123456789");

            Refusal.assertInvalidGrant(shop.token(form));
        }

        @Test
        void theNonceOfTheRequestStandsInTheIdToken() throws Exception {
            Map<String, String> request = shop.request();
            String code =
                    shop.code(new Browser(server).open(shop.address(request)).signIn("ada", PASSWORD));

            assertThat(shop.verified(shop.redeem(code).text("id_token")).getStringClaim("nonce"))
                    .isEqualTo(request.get("nonce"));
        }
    }

    @Nested
    class Section4_11_OpenRedirectors {

        @Test
        void aRequestThatFailsLeadsToNoAppBeforeThePersonCouldSeeWhere() {
            Http.Answer answer = Http.get(
                    shop.address(shop.request(Map.of("redirect_uri", "https://phish.example/"))),
                    Map.of("Accept", "text/html"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Location")).isEmpty();
        }
    }

    @Nested
    class Section4_12_Redirects {

        @Test
        void noBrowserSendsAPasswordOn() {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            Http.Answer answer = Raw.post(
                    server,
                    "/login",
                    Http.encode(browser.hidden()) + "&username=ada&password=" + Http.encode(PASSWORD),
                    browser.cookieLine());

            // 307 and 308 would repeat the form at the next address.
            assertThat(answer.status()).isEqualTo(303);
            assertThat(Http.post(server.url("/oauth2/authorize"), shop.request(), Map.of())
                            .status())
                    .isEqualTo(303);
        }
    }

    @Nested
    class Section4_14_RefreshTokens {

        @Test
        void endWithTheSessionUnlessAskedForOffline() {
            App offline = shop.withScope("openid offline_access");
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            Http.Answer online = shop.redeem(shop.code(browser));
            browser.open(offline.address(offline.request()));
            Http.Answer kept = offline.redeem(offline.code(browser));
            browser.open(server.issuer() + "/logout?id_token_hint=" + online.text("id_token"));

            Refusal.assertInvalidGrant(shop.refresh(online.text("refresh_token")));
            assertThat(shop.refresh(kept.text("refresh_token")).status()).isEqualTo(200);
        }
    }

    @Nested
    class Section4_15_ClientsAsSubjects {

        @Test
        void aMachinesTokenIsNeverTakenForAPersons() throws Exception {
            String token =
                    shop.token(Map.of("grant_type", "client_credentials")).text("access_token");

            assertThat(shop.verified(token).getSubject()).isEqualTo("shop");
            assertThat(shop.userInfo(token).status()).isEqualTo(403);
        }
    }

    @Nested
    class Section4_16_Clickjacking {

        @Test
        void noPageIsFramed() {
            Browser browser = new Browser(server).open(shop.address(shop.request()));

            assertThat(browser.answer().header("Content-Security-Policy").orElseThrow())
                    .contains("frame-ancestors 'none'");
        }
    }
}
