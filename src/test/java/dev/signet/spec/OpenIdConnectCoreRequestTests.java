package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenID Connect Core 1.0 (errata set 2), what may be asked at the authorization endpoint and how it is answered: with
 * the requirements of the modules of the official Basic OP test plan.
 */
class OpenIdConnectCoreRequestTests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final App certified = App.certified(server);
    private final Browser browser = new Browser(server);

    private Browser signedIn() {
        browser.open(shop.address(shop.request())).signIn("ada", PASSWORD).callback();
        return browser;
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

    private static String unsigned(String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".";
    }

    @Nested
    class Section3_1_2_1_Parameters {

        @ParameterizedTest
        @CsvSource({
            "display,page",
            "display,popup",
            "display,touch",
            "display,wap",
            "login_hint,ada@example.com",
            "ui_locales,se nb",
            "ui_locales,fr-CA fr en",
            "claims_locales,se",
            "acr_values,1 2",
            "acr_values,urn:signet:acr:password",
            "extra,foobar",
            "nonce,''",
            "state,''",
            "response_mode,query",
            "max_age,10000",
            "prompt,login",
            "claims,{}",
            "claims,'{\"userinfo\":null,\"id_token\":{\"unheard_of\":null}}'"
        })
        void everyParameterTheSpecificationAllowsLeadsToACode(String name, String value) {
            Map<String, String> request = shop.request(Map.of(name, value));
            browser.open(shop.address(request));
            assertThat(browser.pageId()).isEqualTo("page-login");
            Map<String, String> callback = browser.signIn("ada", PASSWORD).callbackParameters();

            assertThat(callback).containsKey("code").containsEntry("iss", server.issuer());
            assertThat(callback.get("state")).isEqualTo(request.get("state"));
            assertThat(callback).doesNotContainKey("error");
            assertThat(shop.redeem(callback.get("code")).status()).isEqualTo(200);
        }

        @Test
        void theRequestMayComeByPost() {
            Map<String, String> request = shop.request();
            browser.postFromElsewhere(server.issuer() + "/oauth2/authorize", request);
            assertThat(browser.pageId()).isEqualTo("page-login");
            assertThat(browser.signIn("ada", PASSWORD).callbackParameters())
                    .containsEntry("state", request.get("state"))
                    .containsKey("code");
        }

        @Test
        void aPostFromAnAppSeesTheSession() {
            signedIn().postFromElsewhere(server.issuer() + "/oauth2/authorize", shop.request());
            assertThat(browser.callbackParameters()).containsKey("code");
        }

        @Test
        void aPostTooLongForAnAddressIsRefusedInWords() {
            Map<String, String> request = shop.request(Map.of("padding", "x".repeat(14_000)));
            browser.postFromElsewhere(server.issuer() + "/oauth2/authorize", request);
            assertThat(browser.answer().status()).isEqualTo(413);
            assertThat(browser.pageId()).isEqualTo("page-error");
            browser.open(shop.address(request));
            assertThat(browser.answer().status()).isEqualTo(413);
        }

        @Test
        void aStateThatGrowsWhenItIsWrittenAnewComesBack() {
            signedIn();
            String state = "~()'!*".repeat(500);
            Map<String, String> request = shop.request(Map.of("state", ""));
            browser.open(shop.address(request) + "&state=" + state);
            assertThat(browser.callbackParameters()).containsEntry("state", state);
        }

        @Test
        void theStateComesBackAsItWasSent() {
            String state = "a b+c/d=e&f%20g\"<h>'é☃" + "x".repeat(1_000);
            signedIn();
            assertThat(answer(shop, Map.of("state", state))).containsEntry("state", state);
            assertThat(answer(shop, Map.of("state", state, "response_type", "token")))
                    .containsEntry("state", state);
        }

        @Test
        void theLoginHintFillsInTheName() {
            browser.open(shop.address(shop.request(Map.of("login_hint", "some \"one\" <b>@example.com"))));
            assertThat(browser.page().getElementById("username").val()).isEqualTo("some \"one\" <b>@example.com");
        }

        @ParameterizedTest
        @CsvSource({"de,de", "fr-CA,fr", "xx es-MX en,es", "xx,en"})
        void thePageSpeaksTheLanguageAskedFor(String uiLocales, String shown) {
            browser.open(shop.address(shop.request(Map.of("ui_locales", uiLocales))));
            assertThat(browser.page().selectFirst("html").attr("lang")).isEqualTo(shown);
        }

        @Test
        void scopesMayComeInAnyOrder() {
            signedIn();
            Map<String, String> callback = answer(shop, Map.of("scope", "email openid profile"));
            Http.Answer tokens = shop.redeem(callback.get("code"));
            assertThat(tokens.text("id_token")).isNotEmpty();
            assertThat(tokens.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "profile", "email");
        }

        @Test
        void scopesNobodyKnowsAreIgnored() {
            signedIn();
            Map<String, String> callback = answer(shop, Map.of("scope", "openid unheard_of email"));
            assertThat(shop.redeem(callback.get("code")).text("scope").split(" "))
                    .containsExactlyInAnyOrder("openid", "email");
        }

        @Test
        void responseTypeMustBeThere() {
            Map<String, String> callback = answer(shop, Map.of("response_type", ""));
            assertThat(callback.get("error")).isEqualTo("invalid_request");
        }

        @ParameterizedTest
        @ValueSource(strings = {"id_token", "token", "id_token token", "code id_token", "none", "Code"})
        void responseTypesNotOfferedAreToldToTheApp(String responseType) {
            Map<String, String> request = shop.request(Map.of("response_type", responseType));
            Map<String, String> callback = browser.open(shop.address(request)).callbackParameters();
            assertThat(callback)
                    .containsEntry("error", "unsupported_response_type")
                    .containsEntry("state", request.get("state"));
        }
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
            String flow = Http.decode(java.net.URI.create(browser.address()).getRawQuery())
                    .get("flow");
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
            for (String hint : new String[] {"nonsense", modified, tokens.text("access_token"), unsigned("{}")}) {
                assertThat(answer(shop, Map.of("id_token_hint", hint))).containsEntry("error", "invalid_request");
            }
            assertThat(answer(App.forum(server), Map.of("id_token_hint", idToken)))
                    .containsEntry("error", "invalid_request");
        }
    }

    @Nested
    class Section3_1_2_2_Validation {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://certified.example/other",
                    "https://certified.example/cb/",
                    "https://certified.example/cb?",
                    "https://certified.example/cb?foo=bar",
                    "https://certified.example/cb?fixed=1",
                    "https://certified.example/cb?kept=2&fixed=1",
                    "https://certified.example/cb?fixed=1&kept=2&more=3",
                    "https://certified.example/cb#fragment",
                    "https://certified.example:443/cb",
                    "http://certified.example/cb",
                    "https://CERTIFIED.example/cb",
                    "https://certified.example/%63b",
                    "https://certified.example/x/../cb",
                    "https://certified.example@evil.example/cb",
                    "https://evil.example/cb"
                })
        void aRedirectUriNotRegisteredIsShownToThePersonAndNeverFollowed(String redirectUri) {
            browser.open(certified.address(certified.request(Map.of("redirect_uri", redirectUri))));
            assertThat(browser.answer().status()).isEqualTo(400);
            assertThat(browser.answer().header("Location")).isEmpty();
            assertThat(browser.pageId()).isEqualTo("page-error");
        }

        @Test
        void aRedirectUriLeftOutIsShownToThePerson() {
            browser.open(certified.address(certified.request(Map.of("redirect_uri", ""))));
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(browser.answer().status()).isEqualTo(400);
        }

        @Test
        void theQueryOfARedirectUriIsKept() {
            App app = new App(
                    server, "certified", certified.secret(), "https://certified.example/cb?fixed=1&kept=2", "openid");
            browser.open(app.address(app.request())).signIn("ada", PASSWORD);
            if (browser.pageId().equals("page-consent")) {
                browser.allow();
            }
            assertThat(browser.callback().toString()).startsWith("https://certified.example/cb?fixed=1&kept=2&code=");
            assertThat(app.redeem(app.code(browser)).status()).isEqualTo(200);
        }
    }

    @Nested
    class Section3_1_2_6_Errors {

        @Test
        void sayWhatTheStandardsKnowAndNothingElse() {
            Map<String, String> callback = answer(shop, Map.of("prompt", "none"));
            assertThat(callback.keySet())
                    .containsExactlyInAnyOrder("error", "error_description", "error_uri", "state", "iss");
            assertThat(callback.get("error_description")).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
            assertThat(callback.get("error_uri")).startsWith(server.issuer() + "/errors/AS-");
        }

        @Test
        void nameTheReferenceOfTheLog() {
            assertThat(answer(shop, Map.of("prompt", "none")).get("error_description"))
                    .matches(".* Reference: [0-9A-Z]{10}\\.");
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

    @Nested
    class Section6_RequestObjects {

        @Test
        void byValueAreRefusedNotIgnored() {
            Map<String, String> request = shop.request();
            String object = unsigned(Http.JSON.writeValueAsString(new HashMap<>(request)));
            request.put("request", object);
            assertThat(browser.open(shop.address(request)).callbackParameters())
                    .containsEntry("error", "request_not_supported")
                    .containsEntry("state", request.get("state"));
        }

        @Test
        void byReferenceAreRefusedNotFetched() {
            assertThat(answer(shop, Map.of("request_uri", "https://shop.example/request.jwt")))
                    .containsEntry("error", "request_uri_not_supported");
        }

        @Test
        void aRegistrationByParameterIsRefused() {
            assertThat(answer(shop, Map.of("registration", "{}"))).containsEntry("error", "registration_not_supported");
        }
    }

    private App shopSignedIn() {
        signedIn();
        return shop;
    }

    private static long seconds(JWTClaimsSet idToken) {
        Object value = idToken.getClaim("auth_time");
        return value instanceof Date date ? date.toInstant().getEpochSecond() : ((Number) value).longValue();
    }

    @BeforeEach
    void forgetConsents() {
        server.database().jdbc().sql("delete from consent").update();
    }
}
