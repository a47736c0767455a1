package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions fixed, sign-ins forced, flows handed on, steps skipped: what happens between a browser and its session. */
class SessionHazardsTests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    /** Fixed sessions, sign-in by force, a flow handed to a victim. */
    @Nested
    class SessionFixation {

        @Test
        void theSessionsCookieIsNewAfterEachSignIn() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            String before = browser.cookies().get("signet_session");
            browser.open(shop.address(shop.request(Map.of("prompt", "login"))))
                    .submit(Map.of("password", PASSWORD), null);

            assertThat(browser.cookies().get("signet_session")).isNotEqualTo(before);
            assertThat(silently(before)).containsEntry("error", "login_required");
        }

        @Test
        void aPlantedSessionIsNotTheVictimsAfterSheSignsIn() {
            Browser attacker =
                    new Browser(server).open(shop.address(shop.request())).signIn("ben", "staple umbrella seven");
            String planted = attacker.cookies().get("signet_session");
            Browser victim = new Browser(server);
            victim.cookies().put("signet_session", planted);
            victim.open(shop.address(shop.request(Map.of("prompt", "select_account"))));
            if (victim.pageId().equals("page-accounts")) {
                victim.submit(Map.of("account", "other"), null);
            }
            victim.open(server.issuer() + "/login?flow=" + victim.hidden().get("flow") + "&as=other")
                    .signIn("ada", PASSWORD);

            assertThat(silently(planted)).containsEntry("error", "login_required");
        }

        @Test
        void aFlowHandedToAnotherBrowserStartsAfreshThere() {
            Browser attacker = new Browser(server).open(shop.address(shop.request()));
            String page = attacker.address();

            Browser victim = new Browser(server).open(page);
            assertThat(victim.pageId()).isEqualTo("page-login");
            assertThat(victim.address()).isNotEqualTo(page);
            victim.signIn("ada", PASSWORD);

            attacker.open(
                    server.issuer() + "/oauth2/authorize?flow=" + query(page).get("flow"));
            assertThat(attacker.pageId())
                    .as("the attacker's browser is not signed in")
                    .isEqualTo("page-login");
        }

        @Test
        void aFormOfOneFlowDoesNotServeAnother() {
            Browser attacker = new Browser(server).open(shop.address(shop.request()));
            Map<String, String> hidden = attacker.hidden();
            hidden.put("username", "ben");
            hidden.put("password", "staple umbrella seven");
            Browser victim = new Browser(server).open(shop.address(shop.request()));

            hidden.put("flow", victim.hidden().get("flow"));
            victim.post(server.issuer() + "/login", hidden);
            assertThat(victim.answer().status()).isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/login", "/login/confirm", "/login/accounts", "/oauth2/consent", "/setup"})
        void aFormSentFromAnotherSiteIsRefused(String path) {
            Browser victim = new Browser(server).open(shop.address(shop.request()));
            String form = Http.encode(victim.hidden()) + "&username=ben&password=x&allow=1&account=other";
            for (String[] from : new String[][] {
                {"Sec-Fetch-Site: cross-site"},
                {"Sec-Fetch-Site: same-site"},
                {"Origin: https://evil.example"},
                {"Origin: null"}
            }) {
                Http.Answer answer = Raw.post(server, path, form, victim.cookieLine(), from[0]);
                assertThat(answer.status()).isEqualTo(403);
                Refusal.assertClean(answer);
            }
        }

        @Test
        void aTossedBrowserCookieBeforeTheGenuineOneSignsNobodyIn() {
            Browser attacker =
                    new Browser(server).open(shop.address(shop.request())).signIn("ben", "staple umbrella seven");
            Browser victim = new Browser(server).open(shop.address(shop.request()));
            String form = Http.encode(victim.hidden()) + "&username=ada&password=" + Http.encode(PASSWORD);

            Http.Answer answer = Raw.post(
                    server,
                    "/login",
                    form,
                    "Cookie: signet_browser=" + attacker.cookies().get("signet_browser") + "; signet_browser="
                            + victim.cookies().get("signet_browser"),
                    "Sec-Fetch-Site: same-origin");
            assertThat(answer.headers().allValues("Set-Cookie").toString()).doesNotContain("signet_session=sgn");
        }

        @Test
        void cookiesAreForTheServerAlone() {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            Http.Answer answer = Raw.post(
                    server,
                    "/login",
                    Http.encode(browser.hidden()) + "&username=ada&password=" + Http.encode(PASSWORD),
                    browser.cookieLine());

            assertThat(answer.headers().allValues("Set-Cookie"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("signet_session=")
                            .contains("HttpOnly", "SameSite=Lax", "Path=/")
                            .doesNotContain("Domain"));
        }
    }

    /** Steps of the sign-in skipped, or their order changed. */
    @Nested
    class SkippedSteps {

        @Test
        void noCodeWithoutSigningIn() {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            String flow = browser.hidden().get("flow");
            for (String page :
                    new String[] {"/oauth2/authorize", "/oauth2/consent", "/login/confirm", "/login/accounts"}) {
                browser.open(server.issuer() + page + "?flow=" + flow);
                assertThat(browser.pageId()).isEqualTo("page-login");
            }
            Map<String, String> consent = browser.hidden();
            consent.put("allow", "allow");
            browser.post(server.issuer() + "/oauth2/consent", consent);
            assertThat(browser.pageId()).isEqualTo("page-login");
        }

        @Test
        void noCodeWithoutConsent() {
            App forum = App.forum(server).withScope("openid address");
            Browser browser =
                    new Browser(server).open(forum.address(forum.request())).signIn("cyd", "paper lantern nine");
            assertThat(browser.pageId()).isEqualTo("page-consent");

            browser.open(server.issuer() + "/oauth2/authorize?flow="
                    + browser.hidden().get("flow"));
            assertThat(browser.pageId()).isEqualTo("page-consent");
            browser.open(server.issuer() + "/oauth2/authorize?flow="
                    + browser.hidden().get("flow") + "&allow=allow&chosen=true&user_id=x");
            assertThat(browser.pageId()).isEqualTo("page-consent");
        }

        @Test
        void noWayRoundShowingThePasswordAgain() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            browser.open(shop.address(shop.request(Map.of("prompt", "login"))));
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            Map<String, String> hidden = browser.hidden();
            String flow = hidden.get("flow");

            Map<String, String> consent = new LinkedHashMap<>(hidden);
            consent.put("allow", "allow");
            browser.post(server.issuer() + "/oauth2/consent", consent);
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            browser.post(server.issuer() + "/login/accounts", hidden);
            browser.open(server.issuer() + "/oauth2/authorize?flow=" + flow);
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            browser.open(server.issuer() + "/login?flow=" + flow);
            assertThat(browser.pageId()).isEqualTo("page-reauth");
        }

        @Test
        void aFreshSignInDoesNotCountForAnotherFlow() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            browser.open(shop.address(shop.request(Map.of("prompt", "login"))));
            browser.submit(Map.of("password", PASSWORD), null);
            assertThat(browser.callbackParameters()).containsKey("code");

            browser.open(shop.address(shop.request(Map.of("prompt", "login"))));
            assertThat(browser.pageId()).isEqualTo("page-reauth");
        }

        @Test
        void theAppsRequestCannotBeChangedOnTheWay() {
            Browser browser = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            String flow = browser.hidden().get("flow");
            browser.signIn("ada", PASSWORD);
            Browser second = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            second.signIn("ada", PASSWORD);
            assertThat(flow).isNotNull();

            Browser third = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            Map<String, String> more = third.hidden();
            more.putAll(Map.of(
                    "username",
                    "ada",
                    "password",
                    PASSWORD,
                    "client_id",
                    "forum",
                    "redirect_uri",
                    "https://forum.example/cb",
                    "scope",
                    "openid phone",
                    "state",
                    "evil",
                    "code_challenge",
                    App.challenge("evil")));
            third.post(server.issuer() + "/login", more);
            assertThat(third.callback().toString()).startsWith("https://shop.example/cb?");
            assertThat(third.callbackParameters().get("state")).isNotEqualTo("evil");
            assertThat(shop.redeem(third.callbackParameters().get("code")).text("scope"))
                    .isEqualTo("openid");
        }

        @Test
        void parametersBesideAFlowAreNotRead() {
            Browser browser = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            String address = server.issuer() + "/oauth2/authorize?flow="
                    + browser.hidden().get("flow");
            browser.signIn("ada", PASSWORD);
            Browser other = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            String flow = other.hidden().get("flow");
            other.open(server.issuer()
                    + "/oauth2/authorize?client_id=forum&scope=openid+phone&redirect_uri=https://evil.example"
                    + "&flow=" + flow);
            assertThat(other.pageId()).isEqualTo("page-login");
            other.signIn("ada", PASSWORD);
            assertThat(other.callback().toString()).startsWith("https://shop.example/cb?code=");

            browser.open(address);
            assertThat(browser.callback().toString()).startsWith("https://shop.example/cb?code=");
        }

        @Test
        void aSpentFlowGivesNoSecondCodeForTheSameRequestUnseen() {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            String flow = browser.hidden().get("flow");
            browser.signIn("ada", PASSWORD);
            String first = browser.callbackParameters().get("code");
            Browser stranger = new Browser(server).open(server.issuer() + "/oauth2/authorize?flow=" + flow);

            assertThat(stranger.pageId()).isEqualTo("page-login");
            assertThat(shop.redeem(first).status()).isEqualTo(200);
        }
    }
    /** Bearer values of one kind shown where another is meant. */
    @Nested
    class MixedUpHandles {

        @Test
        void nothingButASessionsCookieIsASession() {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            String flow = browser.hidden().get("flow");
            browser.signIn("ada", PASSWORD);
            String code = shop.code(browser);
            Http.Answer tokens = shop.redeem(code);
            for (String other : new String[] {
                flow,
                code,
                tokens.text("refresh_token"),
                tokens.text("access_token"),
                browser.cookies().get("signet_browser"),
                "sgn_ss_" + code.substring(7),
                "sgn_ss_" + tokens.text("refresh_token").substring(7)
            }) {
                assertThat(silently(other)).containsEntry("error", "login_required");
            }
        }

        @Test
        void nothingButAFlowIsAFlow() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            for (String other : new String[] {
                browser.cookies().get("signet_session"),
                browser.cookies().get("signet_browser"),
                shop.code(browser),
                "sgn_fl_" + browser.cookies().get("signet_session").substring(7)
            }) {
                for (String page : new String[] {"/login", "/oauth2/authorize", "/oauth2/consent", "/login/confirm"}) {
                    browser.open(server.issuer() + page + "?flow=" + other);
                    assertThat(browser.answer().status()).isEqualTo(400);
                }
            }
        }
    }

    /** What is over stays over. */
    @Nested
    class Afterwards {

        @Test
        void aCookieKeptFromBeforeTheSignOutIsWorthNothing() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            String kept = browser.cookies().get("signet_session");
            Http.Answer tokens = shop.redeem(shop.code(browser));
            browser.open(server.issuer() + "/logout?id_token_hint=" + tokens.text("id_token"));

            assertThat(silently(kept)).containsEntry("error", "login_required");
        }

        @Test
        void aCodeAskedForBeforeTheSignOutGivesNothingAfterIt() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            String idToken = shop.redeem(shop.code(browser)).text("id_token");
            browser.open(shop.address(shop.request()));
            String code = shop.code(browser);
            browser.open(server.issuer() + "/logout?id_token_hint=" + idToken);

            Refusal.assertInvalidGrant(shop.redeem(code));
        }

        @Test
        void nobodyIsSignedOutByALinkOnAnotherSite() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            String othersToken = shop.tokens().text("id_token");
            browser.open(server.issuer() + "/logout");
            browser.open(server.issuer() + "/logout?client_id=shop");
            browser.open(server.issuer() + "/logout?id_token_hint=" + othersToken);
            browser.postFromElsewhere(server.issuer() + "/logout", Map.of("client_id", "shop", "csrf", "x"));

            assertThat(silently(browser.cookies().get("signet_session"))).containsKey("code");
        }
    }

    /** Accounts of other people. */
    @Nested
    class OtherAccounts {

        @Test
        void anIdNamedInTheAddressShowsNoName() throws Exception {
            String ada = shop.verified(shop.tokens().text("id_token")).getSubject();
            Browser stranger = new Browser(server).open(shop.address(shop.request()));

            stranger.open(server.issuer() + "/login?flow=" + stranger.hidden().get("flow") + "&as=" + ada);
            assertThat(stranger.answer().body()).doesNotContain("ada@example.com");
        }

        @Test
        void anIdPostedToTheChooserNeitherSignsInNorShowsAName() throws Exception {
            String ada = shop.verified(shop.tokens().text("id_token")).getSubject();
            Browser ben = new Browser(server).open(shop.address(shop.request())).signIn("ben", "staple umbrella seven");
            ben.open(shop.address(shop.request(Map.of("prompt", "select_account"))));
            Map<String, String> form = ben.hidden();
            form.put("account", ada);
            ben.post(server.issuer() + "/login/accounts", form);

            assertThat(ben.pageId()).isEqualTo("page-login");
            assertThat(ben.answer().body()).doesNotContain("ada@example.com");
        }

        @Test
        void aHintForAnotherPersonGivesTheSignedInOneNoCodeForThem() {
            String hint = shop.tokens().text("id_token");
            Browser ben = new Browser(server).open(shop.address(shop.request())).signIn("ben", "staple umbrella seven");
            ben.open(shop.address(shop.request(Map.of("id_token_hint", hint, "prompt", "none"))));

            assertThat(ben.callbackParameters())
                    .containsEntry("error", "login_required")
                    .doesNotContainKey("code");
        }
    }

    private Map<String, String> silently(String sessionCookie) {
        Browser browser = new Browser(server);
        browser.cookies().put("signet_session", sessionCookie);
        return browser.open(shop.address(shop.request(Map.of("prompt", "none"))))
                .callbackParameters();
    }

    private static Map<String, String> query(String address) {
        return Http.decode(java.net.URI.create(address).getRawQuery());
    }
}
