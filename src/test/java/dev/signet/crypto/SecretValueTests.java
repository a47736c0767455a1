package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretValueTests {

    @Test
    void printsStars() {
        assertThat(new SecretValue("hunter2")).hasToString("***");
        assertThat("%s".formatted(new SecretValue("hunter2"))).isEqualTo("***");
    }

    @Test
    void revealsOnlyWhenAsked() {
        assertThat(new SecretValue("hunter2").reveal()).isEqualTo("hunter2");
    }

    @Test
    void equalsItsTwinOnly() {
        assertThat(new SecretValue("a")).isEqualTo(new SecretValue("a")).hasSameHashCodeAs(new SecretValue("a"));
        assertThat(new SecretValue("a")).isNotEqualTo(new SecretValue("b")).isNotEqualTo("a");
    }
}
