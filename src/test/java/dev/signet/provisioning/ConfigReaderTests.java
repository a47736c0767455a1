package dev.signet.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTests {

    private static Config read(String text) {
        return ConfigReader.read(TestFiles.file(text), TestFiles.references());
    }

    private static List<ConfigProblem> problems(String text) {
        return problems(text, TestFiles.references());
    }

    private static List<ConfigProblem> problems(String text, SecretReferences references) {
        return catchThrowableOfType(ConfigRefused.class, () -> ConfigReader.read(TestFiles.file(text), references))
                .problems();
    }

    private static void refuses(String text, int line, String words) {
        assertThat(problems(text)).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("signet.yml");
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.reason()).contains(words);
            assertThat(problem.fix()).isNotBlank();
        });
    }

    @Test
    void readsAWholeFile() {
        Config config = read(TestFiles.SHOP);
        assertThat(config.scopes()).hasSize(1);
        assertThat(config.clients()).hasSize(2);
        assertThat(config.users()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "clients:\n", "clients: []\nusers: ~\n"})
    void takesAFileThatSaysNothing(String text) {
        assertThat(read(text).clients()).isEmpty();
    }

    @Test
    void namesTheLineOfAnUnknownKey() {
        refuses(TestFiles.SHOP.replace("    kind: web", "    knd: web"), 7, "\"knd\" is not known");
        refuses(TestFiles.SHOP.replace("    name: Demo", "    nmae: Demo"), 20, "\"nmae\" is not known");
        refuses(TestFiles.SHOP.replace("scopes:\n", "scope:\n"), 1, "\"scope\" is not known");
        refuses(TestFiles.SHOP.replace("country: CH", "planet: Earth"), 22, "\"planet\" is not known");
    }

    @Test
    void namesTheLineOfADuplicateKey() {
        refuses(
                TestFiles.SHOP.replace("    kind: web\n", "    kind: web\n    kind: spa\n"),
                8,
                "\"kind\" stands there twice");
    }

    @Test
    void namesTheLineOfAnUnsafeValue() {
        refuses(TestFiles.SHOP.replace("'https://app.example/callback'", "'https://*.example/'"), 14, "wildcard");
        refuses(TestFiles.SHOP.replace("lifetime: 30m", "lifetime: 30y"), 11, "whole seconds");
        refuses(TestFiles.SHOP.replace("a-secret-of-the-shop", "short"), 8, "too short");
        refuses(TestFiles.SHOP.replace("2001-02-03", "yesterday"), 21, "must be a date");
        refuses(TestFiles.SHOP.replace("[user]", "['a b']"), 23, "role");
        refuses(TestFiles.SHOP.replace("email_verified: true", "email_verified: yes"), 19, "true or false");
    }

    @Test
    void namesBothLinesOfAnEntryThatStandsThereTwice() {
        refuses(TestFiles.SHOP.replace("client_id: app", "client_id: shop"), 12, "first in signet.yml, line 5");
    }

    @Test
    void missesTheSecretOfAClientThatNeedsOne() {
        refuses(TestFiles.SHOP.replace("    client_secret: a-secret-of-the-shop\n", ""), 5, "no client_secret");
    }

    @Test
    void reportsEverythingAtOnce() {
        assertThat(problems(TestFiles.SHOP
                        .replace("kind: web", "kind: cobweb")
                        .replace("kind: spa", "kind: spaa")
                        .replace("Demo@Example.com", "nowhere")))
                .extracting(ConfigProblem::line)
                .containsExactly(7, 13, 18);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clients: [ | 1 | not well-formed",
                "clients: 5 | 1 | must be a list",
                "clients: [5] | 1 | must be a mapping",
                "[1, 2] | 1 | must be a mapping",
                "!!javax.script.ScriptEngineManager [] | 1 | tag is not allowed",
                "? [a] : b | 1 | must be a word",
            })
    void namesWhatIsNoConfiguration(String text, int line, String words) {
        refuses(text, line, words);
    }

    @Test
    void makesNoObjectFromATag() {
        refuses(
                TestFiles.SHOP.replace(
                        "client_name: Sample Shop", "client_name: !!java.net.URL ['http://127.0.0.1:9/']"),
                6,
                "tag is not allowed");
        assertThat(problems("users:\n  - username: !!java.io.File '/etc/passwd'\n"))
                .anySatisfy(problem -> assertThat(problem.line()).isEqualTo(2));
    }

    @Test
    void aNumberIsTextWhereTextIsMeant() {
        assertThat(read(TestFiles.SHOP.replace("a-secret-of-the-shop", "1234567890123456"))
                        .clients()
                        .getFirst()
                        .secret()
                        .reveal())
                .isEqualTo("1234567890123456");
    }

    @Test
    void productionRefusesSecretsThatStandInTheFile() {
        assertThat(problems(TestFiles.SHOP, TestFiles.productionReferences()))
                .extracting(ConfigProblem::line)
                .containsExactly(8, 24);
        Config config = ConfigReader.read(
                TestFiles.file(TestFiles.SHOP
                        .replace("a-secret-of-the-shop", "${env:SHOP_SECRET}")
                        .replace("    password: correct horse battery\n", "")),
                TestFiles.productionReferences());
        assertThat(config.clients().getFirst().secret().reveal()).isEqualTo("a-secret-from-a-variable");
    }

    @Test
    void findsSecretsInFiles(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("shop.secret"), "a-secret-from-a-file\n");
        String text = TestFiles.SHOP.replace("a-secret-of-the-shop", "${file:shop.secret}");
        ConfigFile file = new ConfigFile("signet.yml", directory, text);

        Config config = ConfigReader.read(List.of(file), TestFiles.references());

        assertThat(config.clients().getFirst().secret().reveal()).isEqualTo("a-secret-from-a-file");
    }

    @ParameterizedTest
    @CsvSource({
        "${env:ABSENT},ABSENT is not set",
        "${file:/nowhere/at/all},cannot be read",
        "${vault:x},malformed",
        "${env:},malformed"
    })
    void namesAReferenceThatLeadsNowhere(String reference, String words) {
        refuses(TestFiles.SHOP.replace("a-secret-of-the-shop", reference), 8, words);
    }

    @Test
    void aProblemNeverShowsTheSecret() {
        SecretReferences references = new SecretReferences(Map.of("S", "kurz-geheim")::get, false);
        assertThat(problems(TestFiles.SHOP.replace("a-secret-of-the-shop", "${env:S}"), references)
                        .toString())
                .doesNotContain("kurz-geheim");
    }

    @Test
    void tellsAllOfItInPlainWords() {
        ConfigRefused refused = catchThrowableOfType(
                ConfigRefused.class, () -> read(TestFiles.SHOP.replace("kind: web", "kind: cobweb")));

        var analysis = new ConfigRefusedFailureAnalyzer().analyze(refused);

        assertThat(analysis.getDescription()).contains("signet.yml, line 7: \"kind\" is unknown: cobweb");
        assertThat(analysis.getAction()).contains("signet.yml, line 7: choose web, spa, native, machine or device");
    }
}
