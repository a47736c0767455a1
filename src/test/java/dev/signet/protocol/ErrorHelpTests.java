package dev.signet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.refusals.Reason;
import dev.signet.site.Issuer;
import dev.signet.theme.HelpPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.env.MockEnvironment;

/**
 * Keeps {@code docs/errors} complete: a page for every reason, no page without one. The list of them all is written by
 * {@code mvn test -Dtest=ErrorHelpTests -Ddocs=update}.
 */
class ErrorHelpTests {

    private static final Path DIRECTORY = Path.of("docs/errors");
    private static final Path INDEX = DIRECTORY.resolve("README.md");
    private static final List<String> SECTIONS = List.of("What happened", "Why", "What to check", "How to fix it");
    private static final Pattern SPECIFICATION =
            Pattern.compile("\\(https://(www\\.rfc-editor\\.org/rfc/rfc[0-9]+#|openid\\.net/specs/)[^)]+\\)");
    private static final Pattern OTHER_PAGE = Pattern.compile("\\((AS-[0-9]{4})\\.md\\)");
    /** What a bearer value of ours or a JWT looks like. */
    private static final Pattern SECRET = Pattern.compile("sgn_[a-z]{2}_[A-Za-z0-9_-]+|eyJ[A-Za-z0-9_-]{10,}");

    private final ErrorHelp help =
            new ErrorHelp(new Issuer(new MockEnvironment().withProperty("signet.issuer", "https://id.example.com")));

    @ParameterizedTest
    @EnumSource
    void everyReasonHasAPageWithAllItsSections(Reason reason) {
        HelpPage page = help.page(reason.id()).orElseThrow();

        assertThat(page.code()).isEqualTo(reason.id());
        assertThat(page.title()).startsWith(reason.id() + ": ").hasSizeLessThan(72);
        assertThat(page.blocks().stream()
                        .filter(HelpPage.Heading.class::isInstance)
                        .map(HelpPage.Heading.class::cast)
                        .map(HelpPage.Heading::text))
                .isEqualTo(SECTIONS);
        for (int i = 0; i + 1 < page.blocks().size(); i++) {
            assertThat(page.blocks().get(i) instanceof HelpPage.Heading
                            && page.blocks().get(i + 1) instanceof HelpPage.Heading)
                    .as("an empty section before block " + (i + 1))
                    .isFalse();
        }
        assertThat(page.blocks().getLast()).isNotInstanceOf(HelpPage.Heading.class);
    }

    @ParameterizedTest
    @EnumSource
    void everyPageNamesItsErrorAndTheSpecificationItComesFrom(Reason reason) throws IOException {
        String text = Files.readString(file(reason));

        assertThat(text).contains("\n\n`" + reason.error() + "`: " + reason.description() + "\n\n");
        String why = text.substring(text.indexOf("## Why"), text.indexOf("## What to check"));
        assertThat(why).containsPattern(SPECIFICATION);
        assertThat(text).doesNotContainPattern(SECRET);
        assertThat(OTHER_PAGE.matcher(text).results().map(match -> match.group(1)))
                .allMatch(id -> help.page(id).isPresent());
    }

    @Test
    void thereIsNoPageWithoutAReason() throws IOException {
        List<String> expected = Arrays.stream(Reason.values())
                .map(reason -> reason.id() + ".md")
                .toList();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void everyIdIsGivenOnce() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("AS-[1-9][0-9]{3}"));
    }

    @Test
    void anUnknownIdHasNoPage() {
        assertThat(Stream.of("AS-0000", "as-2017", "AS-2017.md", "README", "", "../application", "AS-1001/")
                        .map(help::page))
                .allMatch(Optional::isEmpty);
    }

    @Test
    void theIndexListsThemAll() throws IOException {
        String expected = index();
        if ("update".equals(System.getProperty("docs"))) {
            Files.writeString(INDEX, expected);
        }
        assertThat(INDEX)
                .as("written by: mvn test -Dtest=ErrorHelpTests -Ddocs=update")
                .hasContent(expected);
    }

    private String index() {
        StringBuilder text = new StringBuilder("""
            # Errors

            Every refusal has an id that is never given to another. An endpoint for apps answers with

            ```json
            {
              "error": "invalid_grant",
              "error_description": "The code has expired.",
              "error_uri": "https://id.example.com/errors/AS-2006",
              "error_id": "7K2M9QX4TB"
            }
            ```

            and the authorization endpoint sends the first three as parameters to the app's redirect URI, the reference at the end of the
            description. `error` is the code of the specification, for programs to decide by; `error_uri` leads to the page below, which
            every server serves itself; `error_id`, the reference, names this one request in the log and the audit trail, for the
            operator to find. People who stand before an error page find id and reference under its details.

            This list is written from the source code (`mvn test -Dtest=ErrorHelpTests -Ddocs=update`).
            """);
        String area = "";
        for (Reason reason : Arrays.stream(Reason.values())
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList()) {
            if (!area.equals(area(reason))) {
                area = area(reason);
                text.append("\n## ").append(area).append("\n\n| id | `error` | what happened |\n|---|---|---|\n");
            }
            text.append("| [%s](%s.md) | `%s` | %s |\n"
                    .formatted(
                            reason.id(),
                            reason.id(),
                            reason.error(),
                            help.page(reason.id())
                                    .orElseThrow()
                                    .title()
                                    .substring(reason.id().length() + 2)));
        }
        return text.toString();
    }

    private static String area(Reason reason) {
        return switch (reason.id().charAt(3)) {
            case '1' -> "Authorization endpoint";
            case '2' -> "Token endpoint";
            case '3' -> "Apps proving who they are";
            case '4' -> "Tokens shown to the server";
            case '5' -> "Signing out";
            case '9' -> "Requests as such, and sign-in pages";
            default -> throw new AssertionError("no area for " + reason.id());
        };
    }

    private static Path file(Reason reason) {
        return DIRECTORY.resolve(reason.id() + ".md");
    }
}
