package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect RP-Initiated Logout 1.0, with the requirements of the official RP-Initiated Logout OP test plan. */
class RpInitiatedLogoutTests {

    private static final String BYE = "https://shop.example/bye";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final Browser browser = new Browser(server);
    private Http.Answer tokens;

    @BeforeEach
    void signIn() {
        browser.open(shop.address(shop.request())).signIn("ada", "correct horse battery");
        tokens = shop.redeem(shop.code(browser));
    }

    private Browser logout(Map<String, String> parameters) {
        String query = parameters.isEmpty() ? "" : "?" + Http.encode(parameters);
        return browser.open(server.issuer() + "/logout" + query);
    }

    private boolean signedIn() {
        Map<String, String> answer = browser.tab()
                .open(shop.address(shop.request(Map.of("prompt", "none"))))
                .callbackParameters();
        assertThat(answer.keySet()).containsAnyOf("code", "error");
        if (answer.containsKey("error")) {
            assertThat(answer.get("error")).isEqualTo("login_required");
        }
        return answer.containsKey("code");
    }

    private String hint() {
        return tokens.text("id_token");
    }

    private String modifiedHint() {
        String[] parts = hint().split("\\.");
        char first = parts[2].charAt(0);
        return parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1);
    }

    @Nested
    class Section2_Request {

        @Test
        void withTheHintThePersonIsSignedOutAndSentBackWithTheState() {
            String state = "s".repeat(128);
            logout(Map.of("id_token_hint", hint(), "post_logout_redirect_uri", BYE, "state", state));
            assertThat(browser.callback().toString()).isEqualTo(BYE + "?state=" + state);
            assertThat(signedIn()).isFalse();
            assertThat(shop.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
            assertThat(shop.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        }

        @Test
        void withoutAStateNoneIsSentBack() {
            logout(Map.of("id_token_hint", hint(), "post_logout_redirect_uri", BYE));
            assertThat(browser.callback().toString()).isEqualTo(BYE);
            assertThat(signedIn()).isFalse();
        }

        @Test
        void theStateComesBackAsItWasSent() {
            String state = "a b&c=d#e+é";
            logout(Map.of("id_token_hint", hint(), "post_logout_redirect_uri", BYE, "state", state));
            assertThat(browser.callbackParameters()).containsExactly(Map.entry("state", state));
        }

        @Test
        void aPostOfTheAppDoesTheSame() {
            browser.postFromElsewhere(
                    server.issuer() + "/logout",
                    Map.of("id_token_hint", hint(), "post_logout_redirect_uri", BYE, "state", "s1"));
            assertThat(browser.callback().toString()).isEqualTo(BYE + "?state=s1");
            assertThat(signedIn()).isFalse();
        }

        @Test
        void aPostOfAnotherSiteSignsNobodyOut() {
            browser.postFromElsewhere(server.issuer() + "/logout", Map.of("logout", "true", "csrf", "x"));
            assertThat(signedIn()).isTrue();
            browser.postFromElsewhere(server.issuer() + "/logout", Map.of());
            assertThat(browser.pageId()).isEqualTo("page-logout");
            assertThat(signedIn()).isTrue();
        }

        @Test
        void withoutParametersThePersonIsAskedAndThenSignedOut() {
            logout(Map.of());
            assertThat(browser.pageId()).isEqualTo("page-logout");
            assertThat(signedIn()).isTrue();
            browser.submit(Map.of(), "logout");
            assertThat(browser.pageId()).isEqualTo("page-signed-out");
            assertThat(signedIn()).isFalse();
        }

        @Test
        void withAStateAloneThePersonIsAskedAndThenSignedOut() {
            logout(Map.of("state", "s1")).submit(Map.of(), "logout");
            assertThat(browser.pageId()).isEqualTo("page-signed-out");
            assertThat(signedIn()).isFalse();
        }

        @Test
        void withTheHintAloneThePersonSeesThatTheyAreSignedOut() {
            logout(Map.of("id_token_hint", hint()));
            assertThat(browser.pageId()).isEqualTo("page-signed-out");
            assertThat(signedIn()).isFalse();
        }

        @Test
        void thePersonMayStay() {
            logout(Map.of()).submit(Map.of(), "cancel");
            assertThat(signedIn()).isTrue();
        }

        @Test
        void anAddressWithoutHintOrClientIsRefused() {
            logout(Map.of("post_logout_redirect_uri", BYE, "state", "s1"));
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(browser.answer().header("Location")).isEmpty();
            assertThat(signedIn()).isTrue();
        }

        @Test
        void withTheClientIdAloneThePersonIsAskedAndDecidesToGoBack() {
            logout(Map.of("client_id", "shop", "post_logout_redirect_uri", BYE, "state", "s1"));
            assertThat(browser.pageId()).isEqualTo("page-logout");
            browser.submit(Map.of(), "logout");
            assertThat(browser.pageId()).isEqualTo("page-signed-out");
            assertThat(browser.page().select("a[href='" + BYE + "?state=s1']")).hasSize(1);
            assertThat(signedIn()).isFalse();
        }

        @Test
        void aClientIdThatIsNotTheHintsIsRefused() {
            logout(Map.of("id_token_hint", hint(), "client_id", "forum"));
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(signedIn()).isTrue();
        }

        @Test
        void aClientIdThatIsTheHintsIsFine() {
            logout(Map.of("id_token_hint", hint(), "client_id", "shop", "post_logout_redirect_uri", BYE));
            assertThat(browser.callback().toString()).isEqualTo(BYE);
        }

        @Test
        void aModifiedHintNeitherSignsOutNorSendsBack() {
            logout(Map.of("id_token_hint", modifiedHint(), "post_logout_redirect_uri", BYE, "state", "s1"));
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(signedIn()).isTrue();
            logout(Map.of("id_token_hint", modifiedHint()));
            assertThat(browser.pageId()).isEqualTo("page-logout");
            assertThat(signedIn()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
        void aBadHintNeitherSignsOutNorSendsBack(String bad) {
            logout(Map.of("id_token_hint", bad, "post_logout_redirect_uri", BYE, "state", "s1"));
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(signedIn()).isTrue();
        }

        @Test
        void anAccessTokenIsNoHint() {
            logout(Map.of("id_token_hint", tokens.text("access_token"), "post_logout_redirect_uri", BYE));
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(signedIn()).isTrue();
        }

        @Test
        void theHintMayBeAnyIdTokenEverSignedForTheApp() {
            String refreshed = shop.refresh(tokens.text("refresh_token")).text("id_token");
            assertThat(refreshed).isNotEqualTo(hint());
            logout(Map.of("id_token_hint", hint(), "post_logout_redirect_uri", BYE));
            assertThat(browser.callback().toString()).isEqualTo(BYE);
            assertThat(signedIn()).isFalse();
        }

        @Test
        void theHintOfAnotherSessionAsksFirst() {
            String earlier = hint();
            logout(Map.of("id_token_hint", earlier));
            signIn();
            logout(Map.of("id_token_hint", earlier, "post_logout_redirect_uri", BYE));
            assertThat(browser.pageId()).isEqualTo("page-logout");
            assertThat(signedIn()).isTrue();
            browser.submit(Map.of(), "logout");
            assertThat(browser.callback().toString()).isEqualTo(BYE);
            assertThat(signedIn()).isFalse();
        }

        @Test
        void theHintOfAnotherPersonAsksFirst() {
            String ben = shop.redeem(shop.code("ben", "staple umbrella seven")).text("id_token");
            logout(Map.of("id_token_hint", ben));
            assertThat(browser.pageId()).isEqualTo("page-logout");
            assertThat(signedIn()).isTrue();
        }

        @Test
        void aPersonWhoIsSignedOutAlreadyIsSentBackAllTheSame() {
            String hint = hint();
            logout(Map.of("id_token_hint", hint));
            logout(Map.of("id_token_hint", hint, "post_logout_redirect_uri", BYE, "state", "s2"));
            assertThat(browser.callback().toString()).isEqualTo(BYE + "?state=s2");
        }

        @Test
        void theLanguageAskedForIsShown() {
            logout(Map.of("ui_locales", "de"));
            assertThat(browser.page().selectFirst("html").attr("lang")).isEqualTo("de");
        }

        @Test
        void aParameterGivenTwiceIsRefused() {
            browser.open(server.issuer() + "/logout?id_token_hint=" + hint() + "&id_token_hint=" + hint());
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(signedIn()).isTrue();
        }
    }

    @Nested
    class Section3_RedirectUris {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://shop.example/bye?foo=bar",
                    "https://shop.example/bye/",
                    "https://shop.example/other",
                    "https://shop.example/cb",
                    "https://forum.example/bye",
                    "https://evil.example/bye",
                    "javascript:alert(1)"
                })
        void oneNotRegisteredForTheAppIsShownAndNeverFollowed(String uri) {
            logout(Map.of("id_token_hint", hint(), "post_logout_redirect_uri", uri, "state", "s1"));
            assertThat(browser.pageId()).isEqualTo("page-error");
            assertThat(browser.answer().status()).isEqualTo(400);
            assertThat(browser.answer().header("Location")).isEmpty();
            assertThat(browser.page().select("a[href^='https://evil'],a[href^='javascript']"))
                    .isEmpty();
        }

        @Test
        void theQueryOfARegisteredOneIsKept() {
            App certified = App.certified(server);
            browser.open(certified.address(certified.request()));
            if (browser.pageId().equals("page-consent")) {
                browser.allow();
            }
            Map<String, String> request = new LinkedHashMap<>();
            request.put(
                    "id_token_hint", certified.redeem(certified.code(browser)).text("id_token"));
            request.put("post_logout_redirect_uri", "https://certified.example/bye?fixed=1");
            request.put("state", "s1");
            logout(request);
            assertThat(browser.callback().toString()).isEqualTo("https://certified.example/bye?fixed=1&state=s1");
        }
    }

    @Nested
    class Discovery {

        @Test
        void namesTheEndpoint() {
            assertThat(Http.get(server.url("/.well-known/openid-configuration")).text("end_session_endpoint"))
                    .isEqualTo(server.issuer() + "/logout");
        }
    }
}
