package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

    @BeforeEach
    void forgetConsents() {
        server.database().jdbc().sql("delete from consent").update();
    }
}
