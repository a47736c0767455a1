package dev.signet.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's theme, good or bad: sign-in always works. */
class ThemesTests {

    @TempDir
    Path directory;

    @Test
    void theBuiltInThemesHaveNoProblems() {
        assertThat(themes("default").problems()).isEmpty();
        assertThat(themes("example-brand").problems()).isEmpty();
    }

    @Test
    void anEmptyThemeIsValidAndLooksLikeTheBuiltInOne() {
        ThemeTestFiles.write(directory, "mine/theme.yml", "");

        Themes themes = themes("mine");

        assertThat(themes.problems()).isEmpty();
        assertThat(login(themes)).contains("id=\"login-submit\"").contains("<title>Sign in · Signet</title>");
    }

    @Test
    void anUnknownThemeIsReportedAndTheBuiltInOneIsShown() {
        Themes themes = themes("nowhere");

        assertThat(themes.problems()).anyMatch(problem -> problem.reason().contains("nowhere"));
        assertThat(login(themes)).contains("login-submit");
    }

    @Test
    void aFileOnDiskWinsOverTheBuiltInOneOfTheSameName() {
        ThemeTestFiles.write(directory, "default/messages/messages_en.properties", "login.title=Come in\n");
        ThemeTestFiles.write(directory, "default/tokens.css", ":root { --r-card: 0; }");

        Themes themes = themes("default");

        assertThat(login(themes)).contains(">Come in</h1>").contains("Email or username");
        assertThat(style(themes)).contains("@layer tokens{:root { --r-card: 0; }");
    }

    @Test
    void aThemeExtendsAnother() {
        ThemeTestFiles.write(directory, "child/theme.yml", "extends: parent\ntitle: Child");
        ThemeTestFiles.write(directory, "parent/theme.yml", "title: Parent\nlinks: {help: 'https://help.example'}");
        ThemeTestFiles.write(directory, "parent/slots/lead.html", "<p th:text=\"${site.title}\">Name</p>");

        Themes themes = themes("child");

        assertThat(themes.problems()).isEmpty();
        assertThat(login(themes)).contains("<p>Child</p>").contains("https://help.example");
    }

    @Test
    void themesThatExtendEachOtherStillEndAtTheBuiltInOne() {
        ThemeTestFiles.write(directory, "a/theme.yml", "extends: b");
        ThemeTestFiles.write(directory, "b/theme.yml", "extends: a");

        Themes themes = themes("a");

        assertThat(themes.problems()).anyMatch(problem -> problem.reason().contains("circle"));
        assertThat(login(themes)).contains("login-submit");
    }

    @Test
    void aPageThatWouldLockPeopleOutIsRefusedWithFileLineAndReason() {
        ThemeTestFiles.write(directory, "mine/templates/login.html", "<html><body><p>Welcome</p></body></html>");

        Themes themes = themes("mine");

        assertThat(themes.problems())
                .anyMatch(problem -> problem.toString().contains("login.html:1:")
                        && problem.reason().contains("fragments form and alerts"));
        assertThat(login(themes)).contains("login-submit");
    }

    @Test
    void aTemplateThatIsBlockedOrUnsafeIsRefused() {
        ThemeTestFiles.write(directory, "mine/slots/lead.html", "<p>\n<b th:utext=\"${page.username}\">x</b></p>");
        ThemeTestFiles.write(directory, "mine/slots/legal.html", "<p style=\"color:red\">x</p>");
        ThemeTestFiles.write(directory, "mine/slots/footer.html", "<a onclick=\"x()\">x</a>");
        ThemeTestFiles.write(directory, "mine/slots/head-extra.html", "<script>x()</script>");
        ThemeTestFiles.write(directory, "mine/slots/after-form.html", "<p>[(${page.username})]</p>");

        Themes themes = themes("mine");

        assertThat(themes.problems())
                .hasSize(5)
                .anyMatch(problem -> problem.toString().contains("lead.html:2: "));
        assertThat(login(themes)).doesNotContain("style=").doesNotContain("onclick");
    }

    @Test
    void aTemplateThatLeavesAnElementOpenIsRefused() {
        ThemeTestFiles.write(directory, "mine/slots/lead.html", "<div>\n<p>Never closed</div>");

        assertThat(themes("mine").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("lead.html:2: is not well-formed HTML"));
    }

    @Test
    void aTemplateThatFailsIsFoundAtStartAndLeftOut() {
        ThemeTestFiles.write(
                directory, "mine/slots/lead.html", "<p>\n<b th:text=\"${page.nothing.like.it}\">x</b></p>");
        ThemeTestFiles.write(
                directory,
                "mine/templates/error.html",
                "<html th:replace=\"~{layout :: page('x', ~{:: no-such-fragment})}\"><body></body></html>");

        Themes themes = themes("mine");

        assertThat(themes.problems())
                .anyMatch(problem -> problem.origin().endsWith("lead.html") && problem.line() == 2)
                .anyMatch(problem -> problem.origin().endsWith("error.html"));
        assertThat(login(themes)).contains("login-submit");
    }

    @Test
    void whatTheManifestGetsWrongIsReportedByLine() {
        ThemeTestFiles.write(directory, "mine/theme.yml", """
            contract: 7
            titel: Typo
            logo: ../secret.svg
            links: {help: 'javascript:alert(1)'}
            csp: {img: ['*'], script: ['https://x.example']}
            tokens: {accent: 'red} body{display:none'}
            locales: [en, tlh]
            """);

        Themes themes = themes("mine");

        assertThat(themes.problems().stream().map(ThemeProblem::toString))
                .anyMatch(text -> text.contains("theme.yml:1: is written for contract 7"))
                .anyMatch(text -> text.contains("theme.yml:2: unknown key titel"))
                .anyMatch(text -> text.contains("theme.yml:3: must be a file"))
                .anyMatch(text -> text.contains("theme.yml:4: must be an http"))
                .anyMatch(text -> text.contains("theme.yml:5: must be an https origin"))
                .anyMatch(text -> text.contains("theme.yml:5: csp knows img and font only"))
                .anyMatch(text -> text.contains("theme.yml:6: is no name and value of a token"))
                .anyMatch(text -> text.contains("tlh"));
        assertThat(style(themes)).doesNotContain("display:none");
        assertThat(login(themes)).contains("login-submit");
    }

    @Test
    void aManifestThatIsNoYamlIsReported() {
        ThemeTestFiles.write(directory, "mine/theme.yml", "title: [\n");

        assertThat(themes("mine").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("is not YAML"));
    }

    @Test
    void aStyleSheetThatWouldBreakOutOfItsLayerIsLeftOut() {
        ThemeTestFiles.write(directory, "mine/theme.css", "main { color: red; } }");
        ThemeTestFiles.write(directory, "mine/tokens.css", "@import url(https://evil.example/x.css);");

        Themes themes = themes("mine");

        assertThat(themes.problems()).hasSize(2);
        assertThat(style(themes)).doesNotContain("color: red").doesNotContain("evil");
    }

    @Test
    void picturesOfAThemeAreServedByFingerprintFromItsStyleSheet() {
        ThemeTestFiles.write(directory, "mine/theme.css", "body { background: url('static/leaf.svg'); }");
        ThemeTestFiles.write(directory, "mine/static/leaf.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

        Themes themes = themes("mine");

        assertThat(themes.problems()).isEmpty();
        assertThat(style(themes)).containsPattern("url\\(\"\\.\\./\\.\\./mine/[0-9a-f]{16}/leaf\\.svg\"\\)");
    }

    @Test
    void oneAccentGivesReadableColoursInBothSchemes() {
        for (String accent : List.of("#ffe600", "#ffffff", "#000000", "#1f6f4a", "#ff5c8a")) {
            for (boolean dark : List.of(false, true)) {
                var tokens = AccentTokens.complete(Map.of("accent", accent), dark ? "#181c24" : "#ffffff", dark);
                Colour surface = colour(dark ? "#181c24" : "#ffffff");
                assertThat(tokens).containsEntry("accent", accent);
                assertThat(colour(tokens.get("on-accent")).contrast(colour(accent)))
                        .as("on " + accent)
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(colour(tokens.get("accent-text")).contrast(surface)).isGreaterThanOrEqualTo(4.5);
                assertThat(colour(tokens.get("accent-text")).contrast(colour(tokens.get("accent-soft"))))
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(colour(tokens.get("focus")).contrast(surface)).isGreaterThanOrEqualTo(3);
            }
        }
    }

    private static Colour colour(@Nullable String hex) {
        return Colour.parse(Objects.requireNonNull(hex)).orElseThrow();
    }

    private Themes themes(String name) {
        return new Themes(ThemeTestFiles.properties(name, directory), Clock.systemUTC());
    }

    private static String style(Themes themes) {
        Asset style = Objects.requireNonNull(themes.find(null).assets().get(Theme.STYLE));
        return new String(style.bytes(), StandardCharsets.UTF_8);
    }

    private static String login(Themes themes) {
        Theme theme = themes.find(null);
        Page page = Objects.requireNonNull(SamplePages.all().get("login"));
        StringWriter html = new StringWriter();
        theme.render(
                page.name(),
                Locale.ENGLISH,
                PageModel.of(page, theme, Locale.ENGLISH, PageModel.sampleView(Locale.ENGLISH), ""),
                html);
        return html.toString();
    }
}
