package dev.signet.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PasswordRulesTests {

    private static final String KEY = "\uD83D\uDD11";
    private final PasswordRules rules = new PasswordRules(new CredentialsProperties(12, List.of("signet")));

    @Test
    void hasTheseDefaults() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("signet.credentials", CredentialsProperties.class))
                .isEqualTo(new CredentialsProperties(12, List.of("signet")));
    }

    @Test
    void neverAllowsFewerThanEightCharacters() {
        assertThatThrownBy(() -> new CredentialsProperties(7, List.of()))
                .hasMessageContaining("signet.credentials.password-minimum");
        assertThat(new PasswordRules(new CredentialsProperties(8, List.of())).problem("kq7#zw2p"))
                .isEmpty();
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(rules.problem("kq7#zw2pm4x")).contains(new PasswordProblem.TooShort(12));
        assertThat(rules.problem("kq7#zw2pm4xv")).isEmpty();
        // Four characters in eight UTF-16 units, and an accent written as a letter of its own.
        assertThat(rules.problem("kq7" + KEY.repeat(8))).contains(new PasswordProblem.TooShort(12));
        assertThat(rules.problem("kq7#zw2pm4e\u0301")).contains(new PasswordProblem.TooShort(12));
        assertThat(rules.problem("kq7x" + KEY.repeat(8))).isEmpty();
    }

    @Test
    void takesUpToAThousandAndTwentyFourCharactersAndCutsNothing() {
        String most = "ab1-".repeat(256);
        assertThat(rules.problem(most)).isEmpty();
        assertThat(PasswordRules.normalised(most)).contains(most);
        assertThat(rules.problem(most + "x")).contains(new PasswordProblem.TooLong(1024));
        assertThat(rules.problem("x1-y".repeat(1_000_000))).contains(new PasswordProblem.TooLong(1024));
        assertThat(PasswordRules.normalised(KEY.repeat(1024))).isPresent();
        assertThat(PasswordRules.normalised(KEY.repeat(1025))).isEmpty();
        assertThat(PasswordRules.normalised("e\u0301".repeat(1024))).contains("\u00e9".repeat(1024));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "            x1-y",
                "\u043f\u0430\u0440\u043e\u043b\u044c \u0434\u043b\u044f \u0432\u0441\u0435\u0445",
                "alllowercaseletters",
                "tab\tand\nline\0too"
            })
    void demandsNoKindsOfCharactersAndForbidsNone(String password) {
        assertThat(rules.problem(password, "anna", "anna@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xx-Marlene-17-yy",
                "xxMARLENE17yyzz",
                "my.marlene.k@example.com",
                "krause-krause-1",
                "\uFF2Darlene-fullwidth",
                "I love Signet 2026"
            })
    void refusesNamesOfThePersonAndTheService(String password) {
        assertThat(rules.problem(password, "marlene", "Marlene.K@example.com", "Dr. Marlene Krause", null))
                .contains(new PasswordProblem.ContainsName());
    }

    @Test
    void ignoresShortNamesAndTheMailDomain() {
        assertThat(rules.problem("planning cannot wait", "ann", "ann@cannot-wait.example", "Ann Li"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaaaa",
                "abababababab",
                "123123123123",
                "123456789012",
                "abcdefghijkl",
                "lkjihgfedcba",
                "098765432109"
            })
    void refusesRepetitionsAndSequences(String password) {
        assertThat(rules.problem(password)).contains(new PasswordProblem.Repetitive());
    }
}
