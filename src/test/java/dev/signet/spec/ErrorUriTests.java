package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.refusals.Reason;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 6749 section 5.2: {@code error_uri} identifies "a human-readable web page with information about the error, used to
 * provide the client developer with additional information about the error".
 */
class ErrorUriTests {

    private final SignetServer server = SignetServer.shared();

    @Test
    void theErrorUriOfARefusalLeadsToThePageThatExplainsIt() {
        Http.Answer refused = Http.post(
                server.url("/oauth2/token"),
                Map.of("grant_type", "authorization_code", "code", "sgn_ac_none"),
                Map.of("Authorization", Http.basic("shop", "shop-secret-0123456789abcdef0123456789")));
        assertThat(refused.text("error_uri")).isEqualTo(server.issuer() + "/errors/AS-2004");

        Http.Answer answer = Http.get(refused.text("error_uri"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "form-action 'self'")
                .doesNotContain("unsafe");
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("h1").text()).isEqualTo("AS-2004: The code is not one of this server's");
        assertThat(page.select("main h2").eachText())
                .containsExactly("What happened", "Why", "What to check", "How to fix it");
        assertThat(page.text()).contains(refused.text("error")).contains(refused.text("error_description"));
    }

    @Test
    void aRevocationWithoutATokenIsExplainedAsSuch() {
        Http.Answer refused = Http.post(
                server.url("/oauth2/revoke"),
                Map.of("token_type_hint", "refresh_token"),
                Map.of("Authorization", Http.basic("shop", "shop-secret-0123456789abcdef0123456789")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("error_uri")).isEqualTo(server.issuer() + "/errors/AS-4001");
    }

    @Test
    void anErrorPageLinksToWhatExplainsIt() {
        Document page = Jsoup.parse(
                Http.get(server.url("/oauth2/authorize?client_id=nobody")).body());

        assertThat(page.select("#error-help").text()).isEqualTo("invalid_client (AS-1002)");
        assertThat(page.select("#error-help").attr("href")).isEqualTo(server.issuer() + "/errors/AS-1002");
    }

    @Test
    void everyReasonsPageIsServedAndItsLinksLeadSomewhere() {
        for (Reason reason : Reason.values()) {
            Http.Answer answer = Http.get(server.url("/errors/" + reason.id()));
            assertThat(answer.status()).as(reason.id()).isEqualTo(200);
            Document page = Jsoup.parse(answer.body());
            assertThat(page.select("h1").text()).startsWith(reason.id());
            for (Element link : page.select("main a")) {
                String address = link.attr("href");
                if (address.startsWith(server.issuer())) {
                    assertThat(Http.get(address).status()).as(reason.id()).isEqualTo(200);
                } else {
                    assertThat(address).startsWith("https://");
                }
            }
        }
    }

    @Test
    void theTextIsEnglishWhateverLanguageThePageIsIn() {
        Document page = Jsoup.parse(Http.get(server.url("/errors/AS-1004"), Map.of("Accept-Language", "de"))
                .body());

        assertThat(page.select("html").attr("lang")).isEqualTo("de");
        assertThat(page.select("main").attr("lang")).isEqualTo("en");
        assertThat(page.title()).startsWith("Fehler AS-1004 · ");
        assertThat(page.select("main [lang=de]").text()).isEqualTo("Diese Seite ist auf Englisch.");
        assertThat(page.select("footer label").text()).isEqualTo("Sprache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AS-0000", "as-2004", "AS-2004.md", "README", "..%2Fapplication.yml", "AS-2004%00", "x"})
    void anIdThatNoErrorHasIsNotFound(String id) {
        Http.Answer answer = Http.get(server.url("/errors/" + id));

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("What happened").doesNotContain("at org.");
    }

    @Test
    void thePagesTakeNoForms() {
        assertThat(Http.post(server.url("/errors/AS-2004"), Map.of(), Map.of()).status())
                .isEqualTo(405);
    }
}
