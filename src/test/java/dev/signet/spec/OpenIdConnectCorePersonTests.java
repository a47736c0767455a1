package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenID Connect Core 1.0 (errata set 2), what an app may ask of the person: to sign in again, to be somebody, to be asked
 * nothing at all; with the requirements of the modules of the official Basic OP test plan.
 */
class OpenIdConnectCorePersonTests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final Browser browser = new Browser(server);

    @BeforeEach
    void forgetConsents() {
        server.database().jdbc().sql("delete from consent").update();
    }

    private Browser signedIn() {
        browser.open(shop.address(shop.request())).signIn("ada", PASSWORD).callback();
        return browser;
    }

    private App shopSignedIn() {
        signedIn();
        return shop;
    }

    private Map<String, String> answer(App app, Map<String, String> changes) {
        return browser.open(app.address(app.request(changes))).callbackParameters();
    }

    private JWTClaimsSet idToken(App app, Map<String, String> callback) {
        return app.verified(app.redeem(callback.get("code")).text("id_token"));
    }

    /** Lets the password of all sessions have been shown a while ago. */
    private void letTimePass(int seconds) {
        server.database()
                .jdbc()
                .sql("update sso_session set password_at = password_at - make_interval(secs => ?)")
                .param(seconds)
                .update();
    }

    private static long seconds(JWTClaimsSet idToken) {
        Object value = idToken.getClaim("auth_time");
        return value instanceof Date date ? date.toInstant().getEpochSecond() : ((Number) value).longValue();
    }

    @Nested
    class Section3_1_2_1_Prompt {

        @Test
        void loginAsksAPersonWhoIsSignedInAgain() {
            JWTClaimsSet first = idToken(shop, answer(shopSignedIn(), Map.of()));
            letTimePass(30);
            browser.open(shop.address(shop.request(Map.of("prompt", "login"))));
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            browser.submit(Map.of("password", PASSWORD), null);

            JWTClaimsSet second = idToken(shop, browser.callbackParameters());
            assertThat(second.getSubject()).isEqualTo(first.getSubject());
            assertThat(seconds(second)).isGreaterThanOrEqualTo(seconds(first));
            assertThat(seconds(second))
                    .isBetween(
                            Instant.now().getEpochSecond() - 10, Instant.now().getEpochSecond());
        }

        @Test
        void loginCannotBeSkippedByGoingBackToTheRequest() {
            signedIn().open(shop.address(shop.request(Map.of("prompt", "login"))));
            String flow =
                    Http.decode(URI.create(browser.address()).getRawQuery()).get("flow");
            browser.open(server.issuer() + "/oauth2/authorize?flow=" + flow);
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            browser.open(server.issuer() + "/login?flow=" + flow);
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            browser.open(server.issuer() + "/oauth2/consent?flow=" + flow);
            browser.submit(Map.of(), "allow");
            assertThat(browser.pageId()).isEqualTo("page-reauth");
        }

        @Test
        void noneWithoutASessionIsAnsweredLoginRequired() {
            Map<String, String> request = shop.request(Map.of("prompt", "none"));
            browser.open(shop.address(request));
            assertThat(browser.callbackParameters())
                    .containsEntry("error", "login_required")
                    .containsEntry("state", request.get("state"))
                    .containsEntry("iss", server.issuer())
                    .doesNotContainKey("code");
        }

        @Test
        void noneWithASessionGivesACodeForTheSamePersonAndTime() {
            JWTClaimsSet first = idToken(shop, answer(shopSignedIn(), Map.of()));
            JWTClaimsSet second = idToken(shop, answer(shop, Map.of("prompt", "none")));
            assertThat(second.getSubject()).isEqualTo(first.getSubject());
            assertThat(second.getClaim("auth_time")).isEqualTo(first.getClaim("auth_time"));
        }

        @Test
        void noneNeverShowsAPage() {
            signedIn();
            assertThat(answer(App.forum(server).withScope("openid phone"), Map.of("prompt", "none")))
                    .containsEntry("error", "consent_required");
            assertThat(answer(shop, Map.of("prompt", "none", "max_age", "0"))).containsEntry("error", "login_required");
            browser.cookies().clear();
            assertThat(answer(shop, Map.of("prompt", "none", "display", "popup")))
                    .containsEntry("error", "login_required");
        }

        @ParameterizedTest
        @ValueSource(strings = {"none login", "login none", "none consent select_account"})
        void noneStandsAlone(String prompt) {
            assertThat(answer(shop, Map.of("prompt", prompt))).containsEntry("error", "invalid_request");
        }

        @Test
        void consentAsksEvenAnAppThatNeedNotAsk() {
            signedIn().open(shop.address(shop.request(Map.of("prompt", "consent"))));
            assertThat(browser.pageId()).isEqualTo("page-consent");
            assertThat(browser.allow().callbackParameters()).containsKey("code");
        }

        @Test
        void selectAccountOffersThePersonWhoIsSignedIn() {
            signedIn().open(shop.address(shop.request(Map.of("prompt", "select_account"))));
            assertThat(browser.pageId()).isEqualTo("page-accounts");
            String ada = browser.page().selectFirst("button[name=account]").val();
            JWTClaimsSet idToken =
                    idToken(shop, browser.submit(Map.of("account", ada), null).callbackParameters());
            assertThat(idToken.getSubject()).isEqualTo(ada);
        }

        @Test
        void selectAccountLeadsToAnotherPerson() {
            signedIn().open(shop.address(shop.request(Map.of("prompt", "select_account"))));
            String ada = browser.page().selectFirst("button[name=account]").val();
            browser.submit(Map.of(), "other");
            assertThat(browser.pageId()).isEqualTo("page-login");
            JWTClaimsSet idToken =
                    idToken(shop, browser.signIn("ben", "staple umbrella seven").callbackParameters());
            assertThat(idToken.getSubject()).isNotEqualTo(ada);

            browser.open(shop.address(shop.request(Map.of("prompt", "select_account"))));
            assertThat(browser.page().select("button[name=account]")).hasSize(2);
            browser.submit(Map.of("account", ada), null);
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.page().getElementById("username").val()).isEqualTo("ada@example.com");
            assertThat(idToken(shop, browser.signIn("ada", PASSWORD).callbackParameters())
                            .getSubject())
                    .isEqualTo(ada);
        }

        @Test
        void anAccountThisBrowserDoesNotKnowCannotBeChosen() {
            signedIn().open(shop.address(shop.request(Map.of("prompt", "select_account"))));
            browser.submit(Map.of("account", "00000000-0000-0000-0000-000000000000"), null);
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.page().getElementById("username").val()).isEmpty();
        }

        @Test
        void selectAccountAndLoginAskForBoth() {
            signedIn().open(shop.address(shop.request(Map.of("prompt", "select_account login"))));
            assertThat(browser.pageId()).isEqualTo("page-accounts");
            String ada = browser.page().selectFirst("button[name=account]").val();
            browser.submit(Map.of("account", ada), null);
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            assertThat(browser.submit(Map.of("password", PASSWORD), null).callbackParameters())
                    .containsKey("code");
        }

        @Test
        void selectAccountAndNoneAreAnsweredByAnError() {
            signedIn();
            assertThat(answer(shop, Map.of("prompt", "none select_account"))).containsKey("error");
        }
    }

    @Nested
    class Section3_1_2_1_MaxAge {

        @Test
        void asksAgainOnceTheSignInIsOlder() {
            JWTClaimsSet first = idToken(shop, answer(shopSignedIn(), Map.of()));
            letTimePass(2);
            browser.open(shop.address(shop.request(Map.of("max_age", "1"))));
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            browser.submit(Map.of("password", PASSWORD), null);
            JWTClaimsSet second = idToken(shop, browser.callbackParameters());
            assertThat(second.getSubject()).isEqualTo(first.getSubject());
            assertThat(seconds(second)).isGreaterThanOrEqualTo(seconds(first));
        }

        @Test
        void doesNotAskWhileTheSignInIsYounger() {
            JWTClaimsSet first = idToken(shop, answer(shopSignedIn(), Map.of("max_age", "10000")));
            JWTClaimsSet second = idToken(shop, answer(shop, Map.of("max_age", "10000")));
            assertThat(first.getClaim("auth_time")).isNotNull();
            assertThat(second.getClaim("auth_time")).isEqualTo(first.getClaim("auth_time"));
        }

        @Test
        void zeroAsksAlways() {
            signedIn().open(shop.address(shop.request(Map.of("max_age", "0"))));
            assertThat(browser.pageId()).isEqualTo("page-reauth");
        }

        @Test
        void noneIsToldThatTheSignInIsTooOld() {
            signedIn();
            letTimePass(60);
            assertThat(answer(shop, Map.of("prompt", "none", "max_age", "30")))
                    .containsEntry("error", "login_required");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "1.5", "soon", "99999999999999999999"})
        void anythingButSecondsIsRefused(String maxAge) {
            assertThat(answer(shop, Map.of("max_age", maxAge))).containsEntry("error", "invalid_request");
        }
    }

    @Nested
    class Section3_1_2_1_IdTokenHint {

        @Test
        void goesWithNone() {
            String hint =
                    shop.redeem(answer(shopSignedIn(), Map.of()).get("code")).text("id_token");
            JWTClaimsSet second = idToken(shop, answer(shop, Map.of("prompt", "none", "id_token_hint", hint)));
            assertThat(second.getSubject()).isEqualTo(shop.verified(hint).getSubject());
        }

        @Test
        void ofAnotherPersonWithNoneIsAnsweredLoginRequired() {
            String ben = shop.redeem(shop.code("ben", "staple umbrella seven")).text("id_token");
            signedIn();
            assertThat(answer(shop, Map.of("prompt", "none", "id_token_hint", ben)))
                    .containsEntry("error", "login_required");
        }

        @Test
        void ofAnotherPersonLeadsToThatPersonsSignIn() {
            String ben = shop.redeem(shop.code("ben", "staple umbrella seven")).text("id_token");
            signedIn().open(shop.address(shop.request(Map.of("id_token_hint", ben))));
            assertThat(browser.pageId()).isEqualTo("page-login");
            JWTClaimsSet idToken =
                    idToken(shop, browser.signIn("ben", "staple umbrella seven").callbackParameters());
            assertThat(idToken.getSubject()).isEqualTo(shop.verified(ben).getSubject());
        }

        @Test
        void neverEndsInACodeForSomebodyElse() {
            String ben = shop.redeem(shop.code("ben", "staple umbrella seven")).text("id_token");
            browser.open(shop.address(shop.request(Map.of("id_token_hint", ben))));
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("error", "login_required")
                    .doesNotContainKey("code");
        }

        @Test
        void thatIsNoIdTokenForTheAppIsRefused() {
            Http.Answer tokens = shop.tokens();
            String idToken = tokens.text("id_token");
            String modified = idToken.substring(0, idToken.length() - 8) + "AAAAAAAA";
            for (String hint :
                    new String[] {"nonsense", modified, tokens.text("access_token"), "eyJhbGciOiJub25lIn0.e30."}) {
                assertThat(answer(shop, Map.of("id_token_hint", hint))).containsEntry("error", "invalid_request");
            }
            assertThat(answer(App.forum(server), Map.of("id_token_hint", idToken)))
                    .containsEntry("error", "invalid_request");
        }
    }

    @Nested
    class Section5_5_Claims {

        @Test
        void essentialClaimsComeFromUserInfo() {
            signedIn();
            Map<String, String> callback =
                    answer(shop, Map.of("scope", "openid", "claims", "{\"userinfo\":{\"name\":{\"essential\":true}}}"));
            String accessToken = shop.redeem(callback.get("code")).text("access_token");
            assertThat(shop.userInfo(accessToken).text("name")).isEqualTo("Ada Lovelace");
        }

        @Test
        void claimsForTheIdTokenStandInIt() throws Exception {
            signedIn();
            JWTClaimsSet idToken = idToken(
                    shop,
                    answer(
                            shop,
                            Map.of(
                                    "scope",
                                    "openid",
                                    "claims",
                                    "{\"id_token\":{\"email\":null,\"email_verified\":null,\"auth_time\":{\"essential\":true},"
                                        + "\"sub\":null,\"nonce\":null,\"unheard_of\":{\"essential\":true}}}")));
            assertThat(idToken.getStringClaim("email")).isEqualTo("ada@example.com");
            assertThat(idToken.getBooleanClaim("email_verified")).isTrue();
            assertThat(idToken.getClaims()).doesNotContainKeys("name", "unheard_of");
        }

        @Test
        void aSubjectAskedForByValueIsTheOnlyOneServed() {
            String ben = shop.verified(shop.redeem(shop.code("ben", "staple umbrella seven"))
                            .text("id_token"))
                    .getSubject();
            String wanted = "{\"id_token\":{\"sub\":{\"value\":\"" + ben + "\"}}}";
            signedIn();
            assertThat(answer(shop, Map.of("prompt", "none", "claims", wanted)))
                    .containsEntry("error", "login_required");
            browser.open(shop.address(shop.request(Map.of("claims", wanted))));
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters()).containsEntry("error", "login_required");
        }

        @Test
        void aSubjectThatContradictsTheHintIsServedToNobody() {
            String ada =
                    shop.redeem(answer(shopSignedIn(), Map.of()).get("code")).text("id_token");
            String other = "{\"userinfo\":{\"sub\":{\"value\":\"somebody-else\"}}}";
            assertThat(answer(shop, Map.of("prompt", "none", "claims", other, "id_token_hint", ada)))
                    .containsEntry("error", "login_required");
            assertThat(answer(shop, Map.of("claims", other, "id_token_hint", ada)))
                    .containsEntry("error", "login_required");
        }

        @Test
        void anEssentialLevelThatIsNotOfferedIsToldToTheApp() {
            signedIn();
            String claims = "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"urn:x:hardware\"]}}}";
            assertThat(answer(shop, Map.of("claims", claims)))
                    .containsEntry("error", "unmet_authentication_requirements");
            String single = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"urn:x:hardware\"}}}";
            assertThat(answer(shop, Map.of("claims", single, "prompt", "none")))
                    .containsEntry("error", "unmet_authentication_requirements");
        }

        @Test
        void aLevelThatIsOnlyWishedForHindersNobody() throws Exception {
            signedIn();
            String claims = "{\"id_token\":{\"acr\":{\"values\":[\"urn:x:hardware\"]}}}";
            assertThat(idToken(shop, answer(shop, Map.of("claims", claims))).getStringClaim("acr"))
                    .isEqualTo("urn:signet:acr:password");
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "[]", "\"x\"", "{\"id_token\":[]}", "{\"userinfo\":{\"name\":1}}", "{"})
        void whatIsNoSuchObjectIsRefused(String claims) {
            assertThat(answer(shop, Map.of("claims", claims))).containsEntry("error", "invalid_request");
        }
    }
}
