package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The issuer in the answer to the app, against mixing up servers. */
class Rfc9207Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    @Nested
    class Section2_TheParameter {

        @Test
        void standsBesideACode() {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", "correct horse battery");

            assertThat(browser.callbackParameters()).containsEntry("iss", server.issuer());
        }

        @Test
        void standsBesideAnErrorToo() {
            Http.Answer answer = Http.get(shop.address(shop.request(Map.of("prompt", "none"))));

            assertThat(answer.locationParameters())
                    .containsEntry("error", "login_required")
                    .containsEntry("iss", server.issuer());
        }

        @ParameterizedTest
        @ValueSource(strings = {"fragment", "form_post"})
        void standsThereInEveryMode(String mode) {
            Http.Answer answer = Http.get(
                    shop.address(shop.request(Map.of("prompt", "none", "response_mode", mode))),
                    Map.of("Accept", "text/html"));

            String whole = answer.body() + answer.header("Location").orElse("");
            assertThat(whole).containsAnyOf("iss=" + Http.encode(server.issuer()), "value=\"" + server.issuer() + "\"");
        }
    }
}
