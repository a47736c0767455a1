package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * No answer ever makes a servlet session or sets the cookie of one: a walk through everything there is. Beyond this
 * class, each answer any test of this package gets is looked at in the same way ({@link ServletSessions#forbid}).
 */
class NoServletSessionTests {

    private final SignetServer server = SignetServer.shared();

    @Test
    void signInConsentTokensAndSignOutMakeNone() {
        App forum = App.forum(server);
        Browser browser = new Browser(server).open(forum.address(forum.request()));
        browser.signIn("ada", "a wrong password").signIn("ada", "correct horse battery");
        Http.Answer tokens = forum.redeem(forum.code(browser.submit(Map.of(), "allow")));
        forum.redeem("sgn_ac_none");
        forum.userInfo(tokens.text("access_token"));
        forum.userInfo("none");
        forum.introspect(tokens.text("access_token"));
        Http.Answer refreshed = forum.refresh(tokens.text("refresh_token"));
        forum.revoke(refreshed.text("refresh_token"));
        App.robot(server).token(Map.of("grant_type", "client_credentials"));
        browser.open(forum.address(forum.request(Map.of("prompt", "login"))));
        browser.open(forum.address(forum.request(Map.of("prompt", "select_account"))));
        browser.open(forum.address(forum.request(Map.of("prompt", "none", "response_mode", "form_post"))));
        browser.open(server.issuer() + "/account");
        browser.open(server.issuer() + "/logout?id_token_hint=" + tokens.text("id_token"));

        assertThat(ServletSessions.created()).isEmpty();
    }

    @Test
    void neitherDoErrorsAndWhatIsNotThere() {
        for (String path : new String[] {
            "/",
            "/login",
            "/login?flow=none",
            "/login/accounts",
            "/login/confirm",
            "/oauth2/consent",
            "/logout",
            "/account",
            "/setup?token=none",
            "/errors/AS-2004",
            "/language",
            "/error",
            "/nothing/here",
            "/oauth2/authorize",
            "/oauth2/authorize?client_id=shop",
            "/oauth2/jwks",
            "/.well-known/openid-configuration",
            "/status",
            "/status/1",
            "/favicon.ico",
            "/robots.txt",
            "/theme/none.css",
            "/actuator/health"
        }) {
            assertThat(Http.get(server.url(path)).status()).as(path).isLessThan(500);
            assertThat(Http.post(server.url(path), Map.of("x", "1"), Map.of()).status())
                    .as(path)
                    .isLessThan(500);
            assertThat(Http.get(server.url(path), Map.of("Cookie", "JSESSIONID=0123456789ABCDEF"))
                            .status())
                    .as(path)
                    .isLessThan(500);
        }
        assertThat(ServletSessions.created()).isEmpty();
    }
}
