package dev.signet.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {"http://id.example", "http://127.0.0.1.evil.example", "ftp://localhost", "id.example", "https:/x"
            })
    void refusesAnIssuerWhoseKeysCouldBeAnybodys(String issuer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenVerifier.forIssuer(issuer).audience("a").build());
    }

    @Test
    void refusesToWorkWithoutAnAudience() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenVerifier.forIssuer("https://id.example").build())
                .withMessageContaining("audience");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example,https://a.example/",
        "https://A.example:443/x/./y,https://a.example/x/y",
        "http://a.example:80/%7euser,http://a.example/~user",
        "https://a.example/%2f,https://a.example/%2F"
    })
    void comparesUrlsInOneSpelling(String one, String other) {
        assertThat(TargetUrl.of(one)).isEqualTo(TargetUrl.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x,https://a.example/X",
        "https://a.example/x,https://a.example/x/",
        "https://a.example/a%2Fb,https://a.example/a/b",
        "https://a.example,https://a.example:444/"
    })
    void tellsDifferentUrlsApart(String one, String other) {
        assertThat(TargetUrl.of(one)).isNotEqualTo(TargetUrl.of(other));
    }
}
