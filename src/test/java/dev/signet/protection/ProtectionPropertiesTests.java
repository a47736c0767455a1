package dev.signet.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProtectionPropertiesTests {

    private static ProtectionProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("signet.protection", ProtectionProperties.class);
    }

    @Test
    void pinsTheDefaults() {
        Duration quarter = Duration.ofMinutes(15);
        assertThat(bind(Map.of()))
                .isEqualTo(new ProtectionProperties(
                        new Limit(10, quarter),
                        new Limit(10, quarter),
                        new Limit(100, quarter),
                        new Limit(1200, Duration.ofMinutes(1)),
                        new Limit(300, Duration.ofMinutes(1))));
    }

    @Test
    void readsLimits() {
        assertThat(bind(Map.of(
                                "signet.protection.sign-in-account.attempts", "5",
                                "signet.protection.sign-in-account.per", "1h"))
                        .limit(Rule.SIGN_IN_ACCOUNT))
                .isEqualTo(new Limit(5, Duration.ofHours(1)));
    }

    @Test
    void refusesALimitOverNoTime() {
        assertThatThrownBy(() -> new Limit(5, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
