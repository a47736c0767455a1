package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What reaches pages, links and logs from a request: no markup, no foreign host, no secret. */
class PageHazardsTests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    /** Host and forwarding headers: every absolute address comes from the configuration. */
    @Nested
    class Hosts {

        private final String[] lies = {
            "Host: evil.example",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: evil",
            "X-Forwarded-Port: 666",
            "X-Forwarded-Prefix: /evil.example",
            "X-Forwarded-Server: evil.example",
            "X-Host: evil.example",
            "X-Original-URL: http://evil.example/",
            "X-Rewrite-URL: /evil.example",
            "Forwarded: host=evil.example;proto=evil",
            "Origin: https://evil.example",
            "Referer: https://evil.example/"
        };

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server",
                    "/login",
                    "/account",
                    "/logout",
                    "/oauth2/authorize?client_id=nobody",
                    "/nowhere",
                    "/",
                    "/setup",
                    "/errors/AS-1001",
                    "/login?lang=de"
                })
        void reachNoLink(String path) {
            assertNoTrace(Raw.get(server, path, withAccept()));
        }

        @Test
        void reachNoPageAndNoAnswerToAnApp() {
            String address =
                    shop.address(shop.request()).substring(server.issuer().length());
            Http.Answer toLogin = Raw.get(server, address, withAccept());
            assertNoTrace(toLogin);
            assertThat(toLogin.location().toString()).startsWith(server.issuer() + "/login?");
            assertNoTrace(Raw.get(server, address + "&prompt=none", withAccept()));
            assertNoTrace(Raw.post(server, "/oauth2/authorize", Http.encode(shop.request()), withAccept()));
        }

        @Test
        void reachNoTokenAndNoError() throws Exception {
            String[] headers = {
                "Host: evil.example",
                "X-Forwarded-Host: evil.example",
                "Authorization: " + Http.basic("shop", shop.secret())
            };
            Http.Answer token = Raw.post(server, "/oauth2/token", "grant_type=client_credentials", headers);
            assertThat(shop.verified(token.text("access_token")).getIssuer()).isEqualTo(server.issuer());
            assertNoTrace(Raw.post(server, "/oauth2/token", "grant_type=password", headers));
            assertNoTrace(Raw.get(server, "/userinfo", headers));
        }

        @Test
        void anAbsoluteAddressInTheRequestLineIsNotBelievedEither() {
            assertNoTrace(Raw.get(server, "http://evil.example/login", "Accept: text/html"));
        }

        private String[] withAccept() {
            List<String> all = new ArrayList<>(List.of(lies));
            all.add("Accept: text/html");
            return all.toArray(String[]::new);
        }

        private void assertNoTrace(Http.Answer answer) {
            assertThat(answer.status()).isLessThan(500);
            assertThat(answer.body()).doesNotContain("evil");
            assertThat(answer.headers().map().toString()).doesNotContain("evil");
        }
    }

    /** Markup in whatever a page repeats. */
    @Nested
    class Markup {

        private static final String EVIL =
                "\"'><script>alert(1)</script><img src=x onerror=alert(1)>${31337*7}[[${31337*7}]]__${31337*7}__";

        @Test
        void inALoginHintIsText() {
            Browser browser = new Browser(server).open(shop.address(shop.request(Map.of("login_hint", EVIL))));

            assertHarmless(browser);
            assertThat(browser.page().selectFirst("input[name=username]").attr("value"))
                    .isEqualTo(EVIL);
        }

        @Test
        void inATypedNameIsText() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn(EVIL, EVIL);

            assertHarmless(browser);
            assertThat(browser.page().selectFirst("input[name=username]").attr("value"))
                    .isEqualTo(EVIL);
            assertThat(browser.page().selectFirst("input[name=password]").attr("value"))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"client_id", "redirect_uri", "flow", "ui_locales", "lang-asked", "x"})
        void inARefusedRequestIsText(String name) {
            Map<String, String> request = shop.request();
            request.put(name, EVIL);
            assertHarmless(new Browser(server).open(shop.address(request)));
        }

        @Test
        void inTheStateOfAPostedAnswerIsText() {
            Browser browser = new Browser(server)
                    .open(shop.address(
                            shop.request(Map.of("state", EVIL, "response_mode", "form_post", "prompt", "none"))));

            assertHarmless(browser);
            assertThat(browser.page().selectFirst("input[name=state]").attr("value"))
                    .isEqualTo(EVIL);
        }

        @Test
        void inTheStateOfASignOutIsText() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            for (String query : new String[] {
                "client_id=shop&post_logout_redirect_uri=https%3A%2F%2Fshop.example%2Fbye&state=" + Http.encode(EVIL),
                "id_token_hint=" + Http.encode(EVIL),
                "client_id=" + Http.encode(EVIL),
                "ui_locales=" + Http.encode(EVIL)
            }) {
                assertHarmless(browser.open(server.issuer() + "/logout?" + query));
            }
        }

        @Test
        void inAnAddressIsText() {
            for (String path : new String[] {
                "/%3Cscript%3Ealert(1)%3C/script%3E", "/errors/%3Cscript%3E", "/login?lang=%22%3E%3Cscript%3E"
            }) {
                Http.Answer answer = Raw.get(server, path, "Accept: text/html");
                assertThat(answer.body()).doesNotContain("<script>");
            }
        }

        @Test
        void inACookieIsNothing() {
            Http.Answer answer = Raw.get(
                    server,
                    "/nowhere",
                    "Accept: text/html",
                    "Cookie: signet_lang=\"><script>; signet_scheme=dark\" onload=\"x");

            assertThat(answer.body()).doesNotContain("<script>").doesNotContain("onload");
        }

        private static void assertHarmless(Browser browser) {
            Document page = browser.page();
            assertThat(browser.answer().body())
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x")
                    .doesNotContain("219359");
            assertThat(page.select("script:not([src])")).isEmpty();
            assertThat(page.select("[onerror], [onload], [style]")).isEmpty();
            assertSafe(browser.answer());
        }
    }

    /** The headers that keep a page from being framed, kept, or run with foreign scripts. */
    @Nested
    class Headers {

        @Test
        void standOnEveryPage() {
            App forum = App.forum(server);
            Browser browser = new Browser(server).open(forum.address(forum.request(Map.of("prompt", "consent"))));
            assertPage(browser, "page-login");
            browser.signIn("cyd", "wrong");
            assertPage(browser, "page-login");
            browser.signIn("cyd", "paper lantern nine");
            assertPage(browser, "page-consent");
            browser.open(forum.address(forum.request(Map.of("prompt", "login"))));
            assertPage(browser, "page-reauth");
            browser.open(forum.address(forum.request(Map.of("prompt", "select_account"))));
            assertPage(browser, "page-accounts");
            browser.open(server.issuer() + "/account");
            assertSafe(browser.answer());
            browser.open(server.issuer() + "/logout");
            assertPage(browser, "page-logout");
            browser.open(server.issuer() + "/nowhere");
            assertSafe(browser.answer());
            browser.open(forum.address(forum.request(Map.of("prompt", "none", "response_mode", "form_post"))));
            assertSafe(browser.answer());
        }

        @Test
        void redirectsAreNotKept() {
            Http.Answer answer = Http.get(shop.address(shop.request()));

            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        }

        @Test
        void aCodeLeavesNoReferrer() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);

            assertThat(browser.answer().status()).isEqualTo(303);
            assertThat(browser.answer().header("Referrer-Policy").orElse("")).isIn("same-origin", "no-referrer");
        }

        private void assertPage(Browser browser, String id) {
            assertThat(browser.pageId()).as(browser.toString()).isEqualTo(id);
            assertSafe(browser.answer());
        }
    }

    /** Secrets that a request holds, well-formed or not, are in no log line. */
    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class Logs {

        @Test
        void holdNoSecret(CapturedOutput log) {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", "a-wrong-password-4711");
            String flow = browser.page().selectFirst("input[name=flow]").attr("value");
            browser.signIn("ada", PASSWORD);
            String code = shop.code(browser);
            Http.Answer tokens = shop.redeem(code);
            Http.Answer next = shop.refresh(tokens.text("refresh_token"));
            shop.redeem(code);
            Map<String, String> secrets = new LinkedHashMap<>();
            secrets.put("wrong password", "a-wrong-password-4711");
            secrets.put("password", PASSWORD);
            secrets.put("flow", flow);
            secrets.put("code", code);
            secrets.put("verifier", App.VERIFIER);
            secrets.put("client secret", shop.secret());
            secrets.put("basic", Http.basic("shop", shop.secret()).substring(6));
            secrets.put("access token", tokens.text("access_token"));
            secrets.put("signature", tokens.text("access_token").split("\\.")[2]);
            secrets.put("id token", tokens.text("id_token"));
            secrets.put("refresh token", tokens.text("refresh_token"));
            secrets.put("next refresh token", next.text("refresh_token"));
            secrets.put("session", browser.cookies().get("signet_session"));
            secrets.put("browser", browser.cookies().get("signet_browser"));
            for (String secret : secrets.values()) {
                String value = Http.encode(secret);
                String basic = "Authorization: " + Http.basic("shop", shop.secret());
                for (String junk : new String[] {"", "%ff", "%", "%00", "&x=%zz"}) {
                    Raw.post(server, "/oauth2/token", "grant_type=refresh_token&refresh_token=" + value + junk, basic);
                    Raw.post(server, "/oauth2/token", "client_id=shop&client_secret=" + value + junk);
                    Raw.post(server, "/userinfo", "access_token=" + value + junk);
                    Raw.get(
                            server,
                            "/oauth2/authorize?client_id=shop&code=" + value + junk,
                            "Cookie: signet_session=" + value);
                    Raw.post(server, "/login", "username=ada&password=" + value + junk);
                    Raw.get(server, "/setup?token=" + value + junk);
                    Raw.get(server, "/logout?id_token_hint=" + value + junk);
                }
                Raw.get(
                        server,
                        secret.startsWith("sgn_") ? "/" + value : "/userinfo",
                        "Authorization: Bearer " + value);
            }

            Raw.get(server, "/oauth2/authorize?code=" + code + "|{}");
            Raw.get(server, "/login", "Cookie: signet_session=" + secrets.get("session") + "\" x");
            Raw.get(server, "/login", "Bro ken: " + secrets.get("session"));

            String written = log.getAll();
            assertThat(written).contains("POST /oauth2/token 400");
            secrets.forEach((name, secret) ->
                    assertThat(written.contains(secret)).as(name).isFalse());
        }

        @Test
        void holdNoLineThatARequestWrote(CapturedOutput log) {
            String forged = "x\r\n2026-01-01T00:00:00Z  INFO forged \u001b[31m line";
            for (String name :
                    new String[] {"redirect_uri", "scope", "prompt", "client_id", "state", "id_token_hint", "claims"}) {
                Http.get(shop.address(shop.request(Map.of(name, forged))));
            }
            shop.token(Map.of("grant_type", forged));
            shop.token(Map.of("grant_type", "refresh_token", "refresh_token", "x", forged, "y"));
            Http.post(server.url("/oauth2/token"), Map.of(), Map.of("Authorization", Http.basic(forged, forged)));
            Http.get(server.url("/logout?client_id=shop&post_logout_redirect_uri=" + Http.encode(forged)));
            Http.get(server.url("/" + Http.encode(forged)));
            new Browser(server).open(shop.address(shop.request())).signIn(forged, forged);

            assertThat(log.getAll().lines()).noneMatch(line -> line.startsWith("2026-01-01T00:00:00Z"));
            assertThat(log.getAll()).doesNotContain("\u001b[31m line");
        }
    }

    private static void assertSafe(Http.Answer answer) {
        if (answer.status() == 303) {
            return;
        }
        String policy =
                answer.header("Content-Security-Policy").orElseThrow(() -> new AssertionError(answer.toString()));
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "data:", "http:");
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.header("Referrer-Policy")).isPresent();
        assertThat(answer.header("Permissions-Policy")).isPresent();
        Refusal.assertNothingOfTheInside(answer);
    }
}
