package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Failures that hit systems of this kind, tried as an attacker would. Others have classes of their own: guessing ({@link
 * GuessingTests}), forged tokens ({@link TokenConfusionTests}), malformed requests ({@link MalformedRequestTests}), foreign
 * scripts ({@link CrossOriginTests}), markup and headers of pages ({@link PageHazardsTests}).
 */
class HazardsTests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    /** A code or token that is not bound to its client, redirect URI, person or audience. */
    @Nested
    class UnboundCodes {

        @Test
        void aCodeStolenFromOneBrowserIsOfNoUseInAnother() {
            // The app of the thief's browser sends the verifier it made for the thief's own request.
            Map<String, String> victims = shop.request(
                    Map.of("code_challenge", App.challenge("another-verifier-of-the-victims-browser-0123456789")));
            String code =
                    shop.code(new Browser(server).open(shop.address(victims)).signIn("ada", PASSWORD));

            Refusal.assertInvalidGrant(shop.redeem(code));
        }

        @Test
        void aCodeForOneRedirectUriIsNotRedeemedWithAnother() {
            App other = new App(server, "shop", shop.secret(), "https://shop.example/cb2", "openid");

            Refusal.assertInvalidGrant(other.redeem(shop.code()));
        }

        @Test
        void aCodeIsNoRefreshTokenAndARefreshTokenNoCode() {
            Refusal.assertInvalidGrant(shop.refresh(shop.code()));
            Refusal.assertInvalidGrant(shop.redeem(shop.tokens().text("refresh_token")));
        }

        @Test
        void aPublicClientCannotTakeTheCodeOfAConfidentialOne() {
            App impostor = new App(server, "spa", null, shop.redirectUri(), "openid");

            Refusal.assertInvalidGrant(impostor.redeem(shop.code()));
        }
    }

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
            victim.open(server.issuer() + "/login?flow=" + flow(victim) + "&as=other")
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
            Map<String, String> hidden = hidden(attacker);
            hidden.put("username", "ben");
            hidden.put("password", "staple umbrella seven");
            Browser victim = new Browser(server).open(shop.address(shop.request()));

            hidden.put("flow", hidden(victim).get("flow"));
            victim.post(server.issuer() + "/login", hidden);
            assertThat(victim.answer().status()).isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/login", "/login/confirm", "/login/accounts", "/oauth2/consent", "/setup"})
        void aFormSentFromAnotherSiteIsRefused(String path) {
            Browser victim = new Browser(server).open(shop.address(shop.request()));
            String form = Http.encode(hidden(victim)) + "&username=ben&password=x&allow=1&account=other";
            for (String[] from : new String[][] {
                {"Sec-Fetch-Site: cross-site"},
                {"Sec-Fetch-Site: same-site"},
                {"Origin: https://evil.example"},
                {"Origin: null"}
            }) {
                Http.Answer answer = Raw.post(server, path, form, cookie(victim), from[0]);
                assertThat(answer.status()).isEqualTo(403);
                Refusal.assertClean(answer);
            }
        }

        @Test
        void aTossedBrowserCookieBeforeTheGenuineOneSignsNobodyIn() {
            Browser attacker =
                    new Browser(server).open(shop.address(shop.request())).signIn("ben", "staple umbrella seven");
            Browser victim = new Browser(server).open(shop.address(shop.request()));
            String form = Http.encode(hidden(victim)) + "&username=ada&password=" + Http.encode(PASSWORD);

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
                    Http.encode(hidden(browser)) + "&username=ada&password=" + Http.encode(PASSWORD),
                    cookie(browser));

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
            String flow = flow(browser);
            for (String page :
                    new String[] {"/oauth2/authorize", "/oauth2/consent", "/login/confirm", "/login/accounts"}) {
                browser.open(server.issuer() + page + "?flow=" + flow);
                assertThat(browser.pageId()).isEqualTo("page-login");
            }
            Map<String, String> consent = hidden(browser);
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

            browser.open(server.issuer() + "/oauth2/authorize?flow=" + flow(browser));
            assertThat(browser.pageId()).isEqualTo("page-consent");
            browser.open(
                    server.issuer() + "/oauth2/authorize?flow=" + flow(browser) + "&allow=allow&chosen=true&user_id=x");
            assertThat(browser.pageId()).isEqualTo("page-consent");
        }

        @Test
        void noWayRoundShowingThePasswordAgain() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            browser.open(shop.address(shop.request(Map.of("prompt", "login"))));
            assertThat(browser.pageId()).isEqualTo("page-reauth");
            Map<String, String> hidden = hidden(browser);
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
            String flow = flow(browser);
            browser.signIn("ada", PASSWORD);
            Browser second = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            second.signIn("ada", PASSWORD);
            assertThat(flow).isNotNull();

            Browser third = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            Map<String, String> more = hidden(third);
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
            String address = server.issuer() + "/oauth2/authorize?flow=" + flow(browser);
            browser.signIn("ada", PASSWORD);
            Browser other = new Browser(server).open(shop.address(shop.request(Map.of("scope", "openid"))));
            String flow = flow(other);
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
            String flow = flow(browser);
            browser.signIn("ada", PASSWORD);
            String first = browser.callbackParameters().get("code");
            Browser stranger = new Browser(server).open(server.issuer() + "/oauth2/authorize?flow=" + flow);

            assertThat(stranger.pageId()).isEqualTo("page-login");
            assertThat(shop.redeem(first).status()).isEqualTo(200);
        }
    }

    /** A scope widened at consent, refresh or by mass assignment. */
    @Nested
    class WidenedScopes {

        @Test
        void theConsentFormCannotAddScopes() {
            App forum = App.forum(server).withScope("openid email");
            Browser browser =
                    new Browser(server).open(forum.address(forum.request())).signIn("cyd", "paper lantern nine");
            Map<String, String> form = hidden(browser);
            form.put("allow", "allow");
            form.put("allowed_scopes", "openid email phone");
            String body =
                    Http.encode(form) + "&scope=openid&scope=email&scope=phone&scope=api:read&scope=offline_access";
            Http.Answer answer = Raw.post(server, "/oauth2/consent", body, cookie(browser));
            assertThat(answer.status()).isEqualTo(303);
            browser.open(answer.location().toString());

            Http.Answer tokens = forum.redeem(browser.callbackParameters().get("code"));
            assertThat(tokens.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "email");
        }

        @Test
        void aRedemptionCannotAddScopes() {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "authorization_code");
            form.put("code", App.shop(server).withScope("openid").code());
            form.put("redirect_uri", shop.redirectUri());
            form.put("code_verifier", App.VERIFIER);
            form.put("scope", "openid phone api:read");
            form.put("aud", "https://evil.example");
            form.put("sub", "somebody");

            assertThat(shop.token(form).text("scope")).isEqualTo("openid");
        }

        @Test
        void aMachineCannotChooseItsSubjectOrAudience() throws Exception {
            Http.Answer answer = App.robot(server)
                    .token(Map.of(
                            "grant_type",
                            "client_credentials",
                            "sub",
                            "ada",
                            "username",
                            "ada",
                            "aud",
                            "x",
                            "client_id",
                            "robot"));

            assertThat(shop.verified(answer.text("access_token")).getSubject()).isEqualTo("robot");
            assertThat(shop.verified(answer.text("access_token")).getAudience()).containsExactly("https://api.example");
        }
    }

    /** Addresses written otherwise than we write them. */
    @Nested
    class PathTricks {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/oauth2/token;x=1",
                    "/oauth2/token;/",
                    "/oauth2;x/token",
                    "//oauth2/token",
                    "/oauth2//token",
                    "/oauth2/./token",
                    "/login/../oauth2/token",
                    "/oauth2/%74oken%2f",
                    "/oauth2%2ftoken",
                    "/oauth2/token%00",
                    "/oauth2/token%20",
                    "/oauth2/token/",
                    "/OAUTH2/TOKEN",
                    "/oauth2/token.json",
                    "/oauth2\\token",
                    "/oauth2/..;/oauth2/token",
                    "/%2e%2e/oauth2/token",
                    "/oauth2/%2e/token",
                    "/oauth2/token%3b",
                    "/theme/../oauth2/token"
                })
        void leadNowhereOrToTheSameGuard(String path) {
            for (String method : new String[] {"GET", "POST", "PUT", "HEAD"}) {
                Http.Answer answer = Raw.request(
                        server,
                        method,
                        path,
                        method.equals("POST") ? "grant_type=client_credentials".getBytes() : new byte[0],
                        "Content-Type: application/x-www-form-urlencoded");
                assertThat(answer.status()).as(method + path).isBetween(400, 499);
                Refusal.assertNothingOfTheInside(answer);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/actuator",
                    "/actuator/env",
                    "/actuator/health",
                    "/actuator/prometheus",
                    "/actuator;/env",
                    "/admin",
                    "/admin/",
                    "/api/admin",
                    "/h2-console",
                    "/.env",
                    "/.git/config",
                    "/WEB-INF/web.xml",
                    "/META-INF/MANIFEST.MF",
                    "/application.yml",
                    "/theme/../application.yml",
                    "/theme/%2e%2e/application.yml",
                    "/theme/..%2fapplication.yml",
                    "/theme/..;/application.yml",
                    "/theme/....//application.yml",
                    "/theme//etc/passwd",
                    "/theme/%00",
                    "/errors/..",
                    "/errors/../login",
                    "/errors/%2e%2e%2flogin",
                    "/swagger-ui.html",
                    "/v3/api-docs",
                    "/connect/register",
                    "/error"
                })
        void whatIsNotForTheWebIsNotThere(String path) {
            Http.Answer answer = Raw.get(server, path, "Accept: text/html");

            assertThat(answer.status()).as(path).isIn(400, 404);
            Refusal.assertNothingOfTheInside(answer);
        }

        @Test
        void theSetUpPageIsGoneWithoutItsLink() {
            for (String query : new String[] {"", "?token=", "?token=x", "?token=sgn_ln_AAAA", "?token=x&token=y"}) {
                assertThat(Raw.get(server, "/setup" + query).status()).isEqualTo(410);
            }
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            Map<String, String> form = hidden(browser);
            form.putAll(Map.of(
                    "email", "evil@example.com", "name", "Evil", "new-password", "a very long password", "token", "x"));
            Http.Answer answer = Raw.post(server, "/setup", Http.encode(form), cookie(browser));
            assertThat(answer.status()).isIn(403, 410);
        }
    }

    private Map<String, String> silently(String sessionCookie) {
        Browser browser = new Browser(server);
        browser.cookies().put("signet_session", sessionCookie);
        return browser.open(shop.address(shop.request(Map.of("prompt", "none"))))
                .callbackParameters();
    }

    private static String flow(Browser browser) {
        return hidden(browser).get("flow");
    }

    private static Map<String, String> hidden(Browser browser) {
        Map<String, String> fields = new LinkedHashMap<>();
        browser.page()
                .select("main form[method=post] input[type=hidden]")
                .forEach(input -> fields.put(input.attr("name"), input.attr("value")));
        return fields;
    }

    private static Map<String, String> query(String address) {
        return Http.decode(java.net.URI.create(address).getRawQuery());
    }

    private static String cookie(Browser browser) {
        StringBuilder line = new StringBuilder("Cookie: ");
        browser.cookies()
                .forEach((name, value) ->
                        line.append(name).append('=').append(value).append("; "));
        return line.toString();
    }
}
