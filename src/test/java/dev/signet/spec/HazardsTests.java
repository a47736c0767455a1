package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Failures that hit systems of this kind, tried as an attacker would. Others have classes of their own: sessions and flows
 * ({@link SessionHazardsTests}), guessing ({@link GuessingTests}), forged tokens ({@link TokenConfusionTests}), malformed
 * requests ({@link MalformedBodyTests}, {@link MalformedHeadTests}), redirects ({@link RedirectUriTests}), foreign scripts ({@link
 * CrossOriginTests}), markup, hosts and logs ({@link PageHazardsTests}).
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

    /** A scope widened at consent, refresh or by mass assignment. */
    @Nested
    class WidenedScopes {

        @Test
        void theConsentFormCannotAddScopes() {
            App forum = App.forum(server).withScope("openid email");
            Browser browser =
                    new Browser(server).open(forum.address(forum.request())).signIn("cyd", "paper lantern nine");
            Map<String, String> form = browser.hidden();
            form.put("allow", "allow");
            form.put("allowed_scopes", "openid email phone");
            String body =
                    Http.encode(form) + "&scope=openid&scope=email&scope=phone&scope=api:read&scope=offline_access";
            Http.Answer answer = Raw.post(server, "/oauth2/consent", body, browser.cookieLine());
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

    /** Names that look like a client's. */
    @Nested
    class LookAlikes {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SHOP",
                    "Shop",
                    "shop ",
                    " shop",
                    "shop\t",
                    "shop\u200b",
                    "\uff53\uff48\uff4f\uff50",
                    "sh\u043ep",
                    "shop\u0301",
                    "shop%20",
                    "shop/../forum",
                    "shop\n",
                    "shop'--",
                    "shop*",
                    "%",
                    "shop,forum",
                    "\u202eshop"
                })
        void areNotTheClient(String clientId) {
            Http.Answer page = Http.get(shop.address(shop.request(Map.of("client_id", clientId))));
            Refusal.assertClean(page);
            assertThat(page.header("Location")).isEmpty();
            Http.Answer answer = Http.post(
                    server.url("/oauth2/token"),
                    Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", shop.secret()),
                    Map.of());
            Refusal.assertClean(answer);
            assertThat(answer.text("error")).isIn("invalid_client", "invalid_request");
            Http.Answer basic = Http.post(
                    server.url("/oauth2/token"),
                    Map.of("grant_type", "client_credentials"),
                    Map.of("Authorization", Http.basic(clientId, shop.secret())));
            Refusal.assertError(basic, 401, "invalid_client");
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
                    "/error",
                    "/status/x",
                    "/status/..",
                    "/status/1;x",
                    "/status/%00",
                    "/status/-1",
                    "/status/99999999999999999999",
                    "/status/changes/x"
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
            Map<String, String> form = browser.hidden();
            form.putAll(Map.of(
                    "email", "evil@example.com", "name", "Evil", "new-password", "a very long password", "token", "x"));
            Http.Answer answer = Raw.post(server, "/setup", Http.encode(form), browser.cookieLine());
            assertThat(answer.status()).isIn(403, 410);
        }
    }
}
