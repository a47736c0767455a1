package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KeysPropertiesTests {

    @Test
    void hasTheseDefaults() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("signet.keys", KeysProperties.class))
                .isEqualTo(new KeysProperties(Duration.ofSeconds(5), Duration.ofMinutes(10)));
    }

    @Test
    void refusesWhatWouldBreakThePromises() {
        assertThatThrownBy(() -> new KeysProperties(Duration.ofSeconds(6), Duration.ofMinutes(10)))
                .hasMessageContaining("signet.keys.refresh-interval");
        assertThatThrownBy(() -> new KeysProperties(Duration.ofMillis(10), Duration.ofMinutes(10)))
                .hasMessageContaining("signet.keys.refresh-interval");
        assertThatThrownBy(() -> new KeysProperties(Duration.ofSeconds(5), Duration.ofHours(25)))
                .hasMessageContaining("signet.keys.max-age");
    }
}
