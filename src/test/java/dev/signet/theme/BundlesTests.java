package dev.signet.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Format;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundlesTests {

    private static final ThemeLayer BUILT_IN =
            new ThemeSource(null, new ArrayList<>()).layers(ThemeSource.DEFAULT).getLast();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)");
    private static final Pattern MESSAGE = Pattern.compile("#\\{([a-zA-Z][\\w.]*)");

    @ParameterizedTest
    @ValueSource(strings = {"fr", "de", "es"})
    void everyLanguageHasExactlyTheKeysOfEnglish(String language) {
        assertThat(bundle(language).keySet())
                .containsExactlyInAnyOrderElementsOf(bundle("en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "de", "es"})
    void placeholdersAreThoseOfEnglish(String language) {
        Map<String, String> english = bundle("en");
        bundle(language)
                .forEach((key, pattern) -> assertThat(placeholders(pattern))
                        .as(key)
                        .isEqualTo(placeholders(english.getOrDefault(key, ""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "de", "es"})
    void noMessageHasABareApostrophe(String language) {
        bundle(language)
                .forEach((key, pattern) ->
                        assertThat(pattern.replace("''", "")).as(key).doesNotContain("'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "de", "es"})
    void noMessageShoutsBlamesOrHoldsMarkup(String language) {
        bundle(language)
                .forEach((key, pattern) -> assertThat(pattern)
                        .as(key)
                        .isNotBlank()
                        .doesNotContain("!")
                        .doesNotContain("<b")
                        .doesNotContainIgnoringCase("invalid")
                        .doesNotContainIgnoringCase("please")
                        .doesNotContainIgnoringCase("veuillez")
                        .doesNotContainIgnoringCase("bitte"));
    }

    @Test
    void everyMessageOfATemplateIsThere() {
        Map<String, String> english = bundle("en");
        for (ThemeFile file : BUILT_IN.files().values()) {
            if (file.path().endsWith(".html")) {
                Matcher matcher = MESSAGE.matcher(file.text());
                while (matcher.find()) {
                    assertThat(english).as(file.path()).containsKey(matcher.group(1));
                }
            }
        }
        for (ErrorKind kind : ErrorKind.values()) {
            assertThat(english).containsKeys(kind.key() + ".title", kind.key() + ".text", kind.key() + ".action");
        }
    }

    @Test
    void everyMessageNamedInTheSourcesIsThere() throws IOException {
        Map<String, String> english = bundle("en");
        Pattern named =
                Pattern.compile("\"((?:login|reauth|setup|accounts|consent|logout|home)\\.[a-zA-Z]+[a-zA-Z.]*)\"");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                Matcher matcher = text.contains("dev.signet.theme") ? named.matcher(text) : named.matcher("");
                while (matcher.find()) {
                    assertThat(english).as(source.toString()).containsKey(matcher.group(1));
                }
            }
        }
    }

    @Test
    void lengthsOfTimeAreRoundedUpAndInflected() {
        assertThat(words("en").text("login.error.throttled", Duration.ofMillis(200)))
                .isEqualTo("Too many attempts. Try again in 1 second.");
        assertThat(words("en").text("login.error.throttled", Duration.ofSeconds(61)))
                .isEqualTo("Too many attempts. Try again in 2 minutes.");
        assertThat(words("de").text("login.error.throttled", Duration.ofHours(2)))
                .isEqualTo("Zu viele Versuche. Versuchen Sie es in 2 Stunden noch einmal.");
    }

    @Test
    void argumentsComeBackAsPartsOfTheirOwn() {
        assertThat(words("en").parts("login.lead", "Shop <b> {0} 'x'"))
                .containsExactly(new Words.Part("to continue to ", false), new Words.Part("Shop <b> {0} 'x'", true));
    }

    @Test
    void aMessageThatCannotBeReadIsReportedWithItsLineAndLeftOut() {
        List<ThemeProblem> problems = new ArrayList<>();
        ThemeFile file = ThemeTestFiles.file("messages/messages_en.properties", "a=fine\nlogin.title=Sign {in\n");

        assertThat(Bundles.read(file, problems)).containsOnlyKeys("a");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.reason()).contains("login.title");
        });
    }

    private static Words words(String language) {
        return new Words(Locale.forLanguageTag(language), bundle(language));
    }

    private static Map<String, String> bundle(String language) {
        ThemeFile file = BUILT_IN.files().get("messages/messages_" + language + ".properties");
        assertThat(file).as("bundle " + language).isNotNull();
        List<ThemeProblem> problems = new ArrayList<>();
        Map<String, String> messages = new TreeMap<>(Bundles.read(file, problems));
        assertThat(problems).isEmpty();
        return messages;
    }

    /** Which arguments a pattern uses; formats such as choices are made of sentences and may differ. */
    private static TreeSet<String> placeholders(String pattern) {
        TreeSet<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(pattern);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        for (Format format : new MessageFormat(pattern, Locale.ENGLISH).getFormatsByArgumentIndex()) {
            found.add(format == null ? "text" : format.getClass().getSimpleName());
        }
        return found;
    }
}
