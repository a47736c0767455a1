package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** OAuth 2.0 Form Post Response Mode, with the requirements of the official Form Post OP test plan. */
class FormPostResponseModeTests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final Browser browser = new Browser(server);

    private Map<String, String> posted() {
        Element form = browser.page().selectFirst("form#form-post");
        assertThat(form).as(browser.toString()).isNotNull();
        assertThat(form.attr("method")).isEqualToIgnoringCase("post");
        assertThat(form.attr("action")).isEqualTo(shop.redirectUri());
        Map<String, String> fields = new LinkedHashMap<>();
        form.select("input[type=hidden]").forEach(input -> fields.put(input.attr("name"), input.val()));
        assertThat(form.select("[name]")).hasSize(fields.size());
        return fields;
    }

    @Nested
    class Section2_Response {

        @Test
        void theCodeIsPostedByAFormThatSendsItself() {
            Map<String, String> request = shop.request(Map.of("response_mode", "form_post"));
            browser.open(shop.address(request)).signIn("ada", "correct horse battery");

            assertThat(browser.answer().status()).isEqualTo(200);
            assertThat(browser.answer().header("Content-Type").orElseThrow()).startsWith("text/html");
            Map<String, String> fields = posted();
            assertThat(fields)
                    .containsOnlyKeys("code", "state", "iss")
                    .containsEntry("state", request.get("state"))
                    .containsEntry("iss", server.issuer());
            assertThat(shop.redeem(fields.get("code")).status()).isEqualTo(200);
        }

        @Test
        void theScriptThatSendsItIsThereAndAllowed() {
            browser.open(shop.address(shop.request(Map.of("response_mode", "form_post"))))
                    .signIn("ada", "correct horse battery");
            String script = browser.page().selectFirst("script[src*=formpost]").absUrl("src");
            Http.Answer answer = Http.get(script);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type").orElseThrow()).contains("javascript");
            assertThat(answer.body()).contains("submit");
            String policy = browser.answer().header("Content-Security-Policy").orElseThrow();
            assertThat(policy).contains("script-src 'self'").doesNotContain("form-action 'self'", "unsafe");
        }

        @Test
        void thePageIsNotKept() {
            browser.open(shop.address(shop.request(Map.of("response_mode", "form_post"))))
                    .signIn("ada", "correct horse battery");
            assertThat(browser.answer().header("Cache-Control").orElseThrow()).contains("no-store");
        }

        @Test
        void aScriptlessBrowserHasAButton() {
            browser.open(shop.address(shop.request(Map.of("response_mode", "form_post"))))
                    .signIn("ada", "correct horse battery");
            assertThat(browser.page().select("form#form-post button")).hasSize(1);
        }

        @Test
        void errorsArePostedToo() {
            Map<String, String> request = shop.request(Map.of("response_mode", "form_post", "prompt", "none"));
            browser.open(shop.address(request));
            assertThat(posted())
                    .containsOnlyKeys("error", "error_description", "error_uri", "state", "iss")
                    .containsEntry("error", "login_required")
                    .containsEntry("state", request.get("state"));
        }

        @Test
        void aMissingResponseTypeIsPostedToo() {
            browser.open(shop.address(shop.request(Map.of("response_mode", "form_post", "response_type", ""))));
            assertThat(posted()).containsEntry("error", "invalid_request");
        }

        @Test
        void markupInTheStateIsText() {
            String state = "\"><script>alert(1)</script>&amp;'";
            browser.open(shop.address(shop.request(Map.of("response_mode", "form_post", "state", state))))
                    .signIn("ada", "correct horse battery");
            assertThat(posted()).containsEntry("state", state);
            assertThat(browser.answer().body()).doesNotContain("<script>alert");
        }

        @Test
        void aRedirectUriNotRegisteredIsNotPostedTo() {
            browser.open(shop.address(
                    shop.request(Map.of("response_mode", "form_post", "redirect_uri", "https://evil.example/cb"))));
            assertThat(browser.answer().status()).isEqualTo(400);
            assertThat(browser.answer().body()).doesNotContain("action=\"https://evil");
        }
    }

    @Nested
    class OtherModes {

        @Test
        void fragmentPutsTheAnswerBehindTheHash() {
            browser.open(shop.address(shop.request(Map.of("response_mode", "fragment"))))
                    .signIn("ada", "correct horse battery");
            assertThat(browser.callback().getRawQuery()).isNull();
            Map<String, String> answer = Http.decode(browser.callback().getRawFragment());
            assertThat(shop.redeem(answer.get("code")).status()).isEqualTo(200);
        }

        @Test
        void unknownOnesAreToldToTheApp() {
            browser.open(shop.address(shop.request(Map.of("response_mode", "smoke_signals"))));
            assertThat(browser.callbackParameters()).containsEntry("error", "invalid_request");
        }
    }
}
