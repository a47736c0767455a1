package dev.signet.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClientsPropertiesTests {

    @Test
    void pinsTheDefaults() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("signet.clients", ClientsProperties.class))
                .isEqualTo(new ClientsProperties(Duration.ofSeconds(5), 10_000));
    }
}
