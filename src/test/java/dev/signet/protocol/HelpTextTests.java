package dev.signet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.theme.HelpPage;
import dev.signet.theme.HelpPage.Example;
import dev.signet.theme.HelpPage.Heading;
import dev.signet.theme.HelpPage.Paragraph;
import dev.signet.theme.HelpPage.Points;
import dev.signet.theme.HelpPage.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTextTests {

    private final HelpText text = new HelpText("https://id.example.com/errors/");

    @Test
    void readsWhatAPageConsistsOf() {
        HelpPage page = text.read("AS-1", """
            # AS-1: `code` is missing

            Some **strong**
            words.

            ## Why

            - Send `a=<b>`.
            - See [RFC 6749](https://www.rfc-editor.org/rfc/rfc6749) and [AS-2017](AS-2017.md).

            ```http
            GET /x?a=<b> HTTP/1.1
            ```
            """);

        assertThat(page.title()).isEqualTo("AS-1: code is missing");
        assertThat(page.blocks())
                .containsExactly(
                        new Paragraph(List.of(
                                plain("Some "), new Span("strong", "strong", null), plain(" "), plain("words."))),
                        new Heading("Why"),
                        new Points(List.of(
                                List.of(plain("Send "), new Span("code", "a=<b>", null), plain(".")),
                                List.of(
                                        plain("See "),
                                        new Span("link", "RFC 6749", "https://www.rfc-editor.org/rfc/rfc6749"),
                                        plain(" and "),
                                        new Span("link", "AS-2017", "https://id.example.com/errors/AS-2017"),
                                        plain(".")))),
                        new Example("GET /x?a=<b> HTTP/1.1\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "words <b onclick=alert(1)>bold</b>",
                "![picture](https://elsewhere.example/x.png)",
                "[link](javascript:alert(1))",
                "[link](http://plain.example/)",
                "[link](//elsewhere.example/)",
                "[link](../CONFIGURATION.md)",
                "<https://elsewhere.example/><i>",
                "[**nested <i>html</i>**](https://elsewhere.example/)",
                "> quoted",
                "- one\n  - two",
                "    indented",
                "### third level",
                "---"
            })
    void refusesWhatNoPageMayHold(String markdown) {
        assertThatIllegalArgumentException().isThrownBy(() -> text.read("AS-1", "# Title\n\n" + markdown + "\n"));
    }

    @Test
    void refusesAPageWithoutATitle() {
        assertThatIllegalArgumentException().isThrownBy(() -> text.read("AS-1", "words\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> text.read("AS-1", ""));
    }

    private static Span plain(String words) {
        return new Span("text", words, null);
    }
}
