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
                .isEqualTo(new KeysProperties(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(10),
                        Duration.ofHours(48),
                        Duration.ofDays(90),
                        Duration.ofHours(25)));
    }

    private static KeysProperties with(
            Duration refresh, Duration maxAge, Duration announce, Duration rotate, Duration keep) {
        return new KeysProperties(refresh, maxAge, announce, rotate, keep);
    }

    @Test
    void refusesWhatWouldBreakThePromises() {
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> with(Duration.ofSeconds(6), hour, day, day.multipliedBy(9), day))
                .hasMessageContaining("signet.keys.refresh-interval");
        assertThatThrownBy(() -> with(Duration.ofMillis(10), hour, day, day.multipliedBy(9), day))
                .hasMessageContaining("signet.keys.refresh-interval");
        assertThatThrownBy(() -> with(second, hour.multipliedBy(25), day, day.multipliedBy(9), day))
                .hasMessageContaining("signet.keys.max-age");
        assertThatThrownBy(() -> with(second, hour, day.multipliedBy(31), day.multipliedBy(90), day))
                .hasMessageContaining("signet.keys.announce");
        assertThatThrownBy(() -> with(second, hour, day, day, day)).hasMessageContaining("signet.keys.rotate-every");
        assertThatThrownBy(() -> with(second, hour, day, day.multipliedBy(9), hour))
                .hasMessageContaining("signet.keys.keep-retired");
    }

    @Test
    void noSettingAnnouncesAKeyForLessThanCachesKeepTheSet() {
        KeysProperties hasty = with(
                Duration.ofSeconds(5), Duration.ofHours(24), Duration.ZERO, Duration.ofDays(9), Duration.ofHours(24));

        assertThat(KeySchedule.of(hasty).announce()).isGreaterThan(Duration.ofHours(24));
    }
}
