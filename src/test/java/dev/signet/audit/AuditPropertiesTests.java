package dev.signet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AuditPropertiesTests {

    private final Binder binder = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void pinsTheDefaults() {
        assertThat(binder.bindOrCreate("signet.audit", AuditProperties.class))
                .isEqualTo(new AuditProperties(10_000, 500, Duration.ofMillis(2_500)));
    }

    @Test
    void trustsNoProxyByDefault() {
        assertThat(binder.bindOrCreate("signet", TrustedProxiesProperties.class))
                .isEqualTo(new TrustedProxiesProperties(List.of()));
    }
}
