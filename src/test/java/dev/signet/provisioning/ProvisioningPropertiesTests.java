package dev.signet.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProvisioningPropertiesTests {

    private static ProvisioningProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("signet", ProvisioningProperties.class);
    }

    @Test
    void pinsTheDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new ProvisioningProperties(List.of(), Path.of(".signet")));
    }

    @Test
    void takesSeveralFiles() {
        assertThat(bind(Map.of("signet.config-file", "a.yml,classpath:b.yml")).configFile())
                .containsExactly("a.yml", "classpath:b.yml");
    }
}
