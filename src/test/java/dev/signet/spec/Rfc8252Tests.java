package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth 2.0 for native apps. */
class Rfc8252Tests {

    private final SignetServer server = SignetServer.shared();
    private final App desktop = App.desktop(server);

    @Nested
    class Section7_1_PrivateUseSchemes {

        @Test
        void leadBackToTheApp() {
            App app = new App(server, "desktop", null, "com.example.desktop:/cb", "openid");
            Browser browser =
                    new Browser(server).open(app.address(app.request())).signIn("ada", "correct horse battery");

            assertThat(browser.callback().toString()).startsWith("com.example.desktop:/cb?code=");
            assertThat(app.redeem(app.code(browser)).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "com.example.desktop:/cb/",
                    "com.example.desktop:/other",
                    "com.example.desktop://cb",
                    "com.example.desktop2:/cb",
                    "com.example:/cb",
                    "javascript:alert(1)",
                    "data:text/html,x"
                })
        void areMatchedExactly(String uri) {
            assertRefused(uri);
        }
    }

    @Nested
    class Section7_3_LoopbackRedirects {

        @ParameterizedTest
        @ValueSource(strings = {"http://127.0.0.1:1024/cb", "http://127.0.0.1:65535/cb", "http://127.0.0.1/cb"})
        void takeAnyPort(String uri) {
            App app = new App(server, "desktop", null, uri, "openid");
            Browser browser =
                    new Browser(server).open(app.address(app.request())).signIn("ada", "correct horse battery");

            assertThat(browser.callback().toString()).startsWith(uri + "?code=");
            assertThat(app.redeem(app.code(browser)).status()).isEqualTo(200);
        }

        @Test
        void areRedeemedWithTheSamePort() {
            String code = desktop.code();
            App other = new App(server, "desktop", null, "http://127.0.0.1:51005/cb", "openid");

            Refusal.assertInvalidGrant(other.redeem(code));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1:1024/cb/",
                    "http://127.0.0.1:1024/",
                    "http://127.0.0.1:1024/cb?x=1",
                    "http://127.0.0.1:1024/CB",
                    "https://127.0.0.1:1024/cb",
                    "http://127.0.0.2:1024/cb",
                    "http://127.0.0.1.evil.example/cb",
                    "http://127.0.0.1:1024@evil.example/cb",
                    "http://user@127.0.0.1:1024/cb",
                    "http://127.0.0.1:/cb",
                    "http://127.0.0.1:99999/cb",
                    "http://127.0.0.1:-1/cb",
                    "http://127.0.0.1:1024/cb#f",
                    "http://0.0.0.0:1024/cb",
                    "http://127.1:1024/cb",
                    "http://2130706433:1024/cb",
                    "http://127.0.0.1:80:80/cb",
                    "http://127.0.0.1:0x50/cb",
                    "http://127.0.0.1:1024\\@evil.example/cb",
                    "http://127.0.0.1:10 24/cb",
                    "http://127.0.0.1:1024/../cb",
                    "http://localhost:1024/cb",
                    "http://[::1]:1024/cb",
                    "http://127.0.0.1:\u0661\u0662/cb"
                })
        void differInNothingButThePort(String uri) {
            assertRefused(uri);
        }
    }

    @Nested
    class Section8_1_ProtectionOfTheCode {

        @Test
        void pkceIsRequired() {
            Http.Answer answer = Http.get(
                    desktop.address(desktop.request(Map.of("code_challenge", "", "code_challenge_method", ""))));

            assertThat(answer.locationParameters()).containsEntry("error", "invalid_request");
        }
    }

    private void assertRefused(String uri) {
        Http.Answer answer =
                Http.get(desktop.address(desktop.request(Map.of("redirect_uri", uri))), Map.of("Accept", "text/html"));
        Refusal.assertClean(answer);
        assertThat(answer.header("Location")).isEmpty();
    }
}
