package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others try to do to people at the sign-in pages: handed-over flows, sign-in CSRF, session fixation. */
class SignInAttackTests {

    private static final String PASSWORD = "correct horse battery";
    private static final String BENS = "staple umbrella seven";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final Browser browser = new Browser(server);

    @Test
    void cannotHandTheirFlowToAVictim() {
        Browser attacker = new Browser(server).open(shop.address(shop.request()));
        String flow = Http.decode(URI.create(attacker.address()).getRawQuery()).get("flow");
        browser.open(attacker.address());
        assertThat(browser.pageId()).isEqualTo("page-login");
        assertThat(fields(browser).get("flow")).isNotEqualTo(flow);
        browser.signIn("ada", PASSWORD).callback();

        attacker.open(server.issuer() + "/oauth2/authorize?flow=" + flow);
        assertThat(attacker.pageId()).isEqualTo("page-login");
    }

    @Test
    void cannotSignAVictimInAsThemselves() {
        Browser attacker = new Browser(server).open(shop.address(shop.request()));
        Map<String, String> form = fields(attacker);
        form.put("username", "ben");
        form.put("password", BENS);
        browser.open(shop.address(shop.request()));
        Map<String, String> before = new LinkedHashMap<>(browser.cookies());
        browser.postFromElsewhere(server.issuer() + "/login", form);
        assertThat(browser.answer().status()).isEqualTo(403);
        browser.post(server.issuer() + "/login", form);
        assertThat(browser.cookies()).isEqualTo(before).doesNotContainKey("signet_session");

        Map<String, String> mixed = fields(browser.open(shop.address(shop.request())));
        mixed.put("csrf", form.get("csrf"));
        mixed.put("username", "ben");
        mixed.put("password", BENS);
        browser.post(server.issuer() + "/login", mixed);
        assertThat(browser.answer().status()).isEqualTo(403);
        assertThat(browser.cookies()).doesNotContainKey("signet_session");
    }

    @Test
    void cannotFixASessionBeforeTheSignIn() {
        Browser attacker =
                new Browser(server).open(shop.address(shop.request())).signIn("ben", BENS);
        String planted = attacker.cookies().get("signet_session");
        browser.cookies().put("signet_session", planted);
        browser.open(shop.address(shop.request(Map.of("prompt", "select_account"))))
                .signIn("ada", PASSWORD);
        assertThat(subject(shop, browser)).isEqualTo(subjectOf("ada", PASSWORD));
        assertThat(browser.cookies().get("signet_session")).isNotEqualTo(planted);
        assertThat(attacker.open(shop.address(shop.request())).pageId()).isEqualTo("page-login");
    }

    @Test
    void whoSawACookieBeforeAConfirmationHaveNothingAfterIt() {
        browser.open(shop.address(shop.request())).signIn("ada", PASSWORD);
        Browser thief = new Browser(server);
        thief.cookies().putAll(browser.cookies());
        browser.open(shop.address(shop.request(Map.of("prompt", "login")))).submit(Map.of("password", PASSWORD), null);
        assertThat(browser.callbackParameters()).containsKey("code");
        assertThat(thief.open(shop.address(shop.request())).pageId()).isEqualTo("page-login");
    }

    @Test
    void gainNothingByAFlowInventedOrChanged() {
        browser.open(shop.address(shop.request()));
        String flow = fields(browser).get("flow");
        for (String wrong : new String[] {"x", "", flow + "A", flow.substring(0, flow.length() - 2), "sgn_fl_AAAA"}) {
            browser.open(server.issuer() + "/oauth2/authorize?flow=" + Http.encode(wrong));
            assertThat(browser.answer().status()).as(wrong).isEqualTo(400);
            browser.open(server.issuer() + "/oauth2/consent?flow=" + Http.encode(wrong));
            assertThat(browser.answer().status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void cannotChangeTheRequestOfAFlow() {
        Map<String, String> request = shop.request();
        browser.open(shop.address(request));
        String flow = fields(browser).get("flow");
        browser.signIn("ada", PASSWORD);
        browser.open(shop.address(shop.request(Map.of("prompt", "login"))));
        String second = fields(browser).get("flow");
        assertThat(second).isNotEqualTo(flow);
        browser.open(server.issuer() + "/oauth2/authorize?flow=" + second
                + "&prompt=none&redirect_uri=https%3A%2F%2Fevil.example%2F&client_id=forum");
        assertThat(browser.pageId()).isEqualTo("page-reauth");
    }

    @Test
    void findNoCookieAScriptOrAnotherSiteCouldUse() {
        Http.Answer first = Http.get(shop.address(shop.request()), Map.of("Accept", "text/html"));
        assertThat(first.headers().allValues("Set-Cookie"))
                .hasSize(1)
                .allMatch(line -> line.contains("HttpOnly") && line.contains("SameSite=Lax"));
        browser.open(shop.address(shop.request()));
        Map<String, String> form = fields(browser);
        form.put("username", "ada");
        form.put("password", PASSWORD);
        Http.Answer second = Http.post(
                server.issuer() + "/login",
                form,
                Map.of(
                        "Accept",
                        "text/html",
                        "Cookie",
                        "signet_browser=" + browser.cookies().get("signet_browser")));
        assertThat(second.status()).isEqualTo(303);
        assertThat(second.headers().allValues("Set-Cookie"))
                .hasSize(1)
                .allMatch(line -> line.startsWith("signet_session=")
                        && line.contains("HttpOnly")
                        && line.contains("SameSite=Lax")
                        && !line.contains("Max-Age"));
    }

    private String subject(App app, Browser at) {
        return app.verified(app.redeem(app.code(at)).text("id_token")).getSubject();
    }

    private String subjectOf(String username, String password) {
        return shop.verified(shop.redeem(shop.code(username, password)).text("id_token"))
                .getSubject();
    }

    private static Map<String, String> fields(Browser at) {
        Map<String, String> fields = new LinkedHashMap<>();
        at.form()
                .select("input[name]:not([type=checkbox])")
                .forEach(input -> fields.put(input.attr("name"), input.val()));
        return fields;
    }
}
