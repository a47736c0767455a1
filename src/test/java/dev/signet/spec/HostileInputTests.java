package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests thrown together at random, the same in each run: whatever they say, nothing breaks. */
class HostileInputTests {

    private static final int REQUESTS = 500;

    private static final List<String> PATHS = List.of(
            "/oauth2/token",
            "/oauth2/revoke",
            "/oauth2/introspect",
            "/userinfo",
            "/oauth2/authorize",
            "/login",
            "/login/confirm",
            "/login/accounts",
            "/oauth2/consent",
            "/logout",
            "/account",
            "/setup",
            "/oauth2/jwks",
            "/status",
            "/status/0",
            "/.well-known/openid-configuration",
            "/errors/AS-1001",
            "/theme/default/x",
            "/language",
            "/",
            "/error");

    private static final List<String> NAMES = List.of(
            "client_id",
            "client_secret",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "response_type",
            "response_mode",
            "prompt",
            "max_age",
            "claims",
            "code_challenge",
            "code_challenge_method",
            "code_verifier",
            "code",
            "grant_type",
            "refresh_token",
            "token",
            "token_type_hint",
            "access_token",
            "id_token_hint",
            "login_hint",
            "ui_locales",
            "acr_values",
            "display",
            "resource",
            "request",
            "request_uri",
            "registration",
            "flow",
            "csrf",
            "username",
            "password",
            "remember",
            "cancel",
            "allow",
            "as",
            "account",
            "forget",
            "person",
            "lang",
            "lang-asked",
            "color-scheme",
            "post_logout_redirect_uri",
            "email",
            "name",
            "new-password",
            "client_assertion",
            "client_assertion_type",
            "dpop_jkt",
            "authorization_details",
            "error",
            "");

    private final SignetServer server = SignetServer.shared();
    private final Random random = new Random(9700);

    @Test
    void breaksNothing() {
        App shop = App.shop(server);
        Browser browser = new Browser(server).open(shop.address(shop.request()));
        Map<String, String> hidden = browser.hidden();
        String browserCookie = browser.cookieLine();
        browser.signIn("ada", "correct horse battery");
        String code = shop.code(browser);
        Http.Answer tokens = shop.tokens();
        List<String> values = new ArrayList<>(List.of(
                "shop",
                "spa",
                shop.secret(),
                shop.redirectUri(),
                "openid",
                "openid profile email",
                "code",
                "token",
                "query",
                "form_post",
                "fragment",
                "none",
                "login",
                "consent",
                "select_account",
                "0",
                "-1",
                "999999999",
                "99999999999999999999",
                "S256",
                "plain",
                App.challenge(App.VERIFIER),
                App.VERIFIER,
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "{}",
                "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"x\"]}}}",
                "[",
                "null",
                "{\"userinfo\":[]}",
                "de",
                "xx-YY",
                "en_GB fr",
                "https://orders.example",
                "javascript:alert(1)",
                "//evil.example",
                "",
                " ",
                "\0",
                "\n",
                "\t",
                "%",
                "%00",
                "%ff",
                "\ufffd",
                "\ud83d\ude00",
                "a".repeat(3000),
                "' or 1=1--",
                "${jndi:x}",
                "<x>",
                "../../etc/passwd",
                "true",
                "on",
                tokens.text("id_token"),
                tokens.text("refresh_token"),
                code,
                "sgn_fl_x",
                "sgn_rt_AAAA",
                "00000000-0000-0000-0000-000000000000",
                "ada",
                "ada@example.com",
                "\u0130",
                "\u1e9e"));
        values.addAll(hidden.values());
        List<String> cookies = List.of(
                "X-None: x",
                browserCookie,
                browser.cookieLine(),
                "Cookie: signet_session=x; signet_browser=" + code,
                "Cookie: signet_lang=\ud83d; signet_scheme=..",
                "Cookie: ;;;=");
        for (int i = 0; i < REQUESTS; i++) {
            String path = pick(PATHS);
            String query = form(values);
            boolean post = random.nextBoolean();
            List<String> headers = new ArrayList<>(List.of(pick(cookies), "Accept: text/html"));
            if (random.nextInt(3) == 0) {
                headers.add("Authorization: "
                        + (random.nextBoolean()
                                ? Http.basic("shop", shop.secret())
                                : "Bearer " + encoded(pick(values))));
            }
            String[] lines = headers.stream().filter(line -> !line.isBlank()).toArray(String[]::new);
            boolean both = random.nextInt(8) == 0;
            Http.Answer answer = post
                    ? Raw.post(server, both ? path + "?" + form(values) : path, query, lines)
                    : Raw.get(server, query.isEmpty() ? path : path + "?" + query, lines);
            assertThat(answer.status())
                    .as("%s %s %s: %s", post, path, query, answer)
                    .isLessThan(500);
            Refusal.assertNothingOfTheInside(answer);
            String location = answer.header("Location").orElse("./");
            assertThat(location)
                    .as("%s?%s", path, query)
                    .matches("(?s)(\\./|" + server.issuer()
                            + "/|https://shop\\.example/(cb|bye)|https://spa\\.example/cb).*");
        }
    }

    private String form(List<String> values) {
        StringBuilder form = new StringBuilder();
        int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            form.append(form.isEmpty() ? "" : "&").append(pick(NAMES)).append('=');
            String value = pick(values);
            form.append(random.nextInt(12) == 0 ? value.replaceAll("[^!-~]|[#&]", "") : encoded(value));
        }
        return form.toString();
    }

    private static String encoded(String value) {
        return Http.encode(value);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
