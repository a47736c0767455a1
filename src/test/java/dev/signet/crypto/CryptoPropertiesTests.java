package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class CryptoPropertiesTests {

    @Test
    void hasTheseDefaults() {
        CryptoProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("signet.crypto", CryptoProperties.class);

        assertThat(defaults)
                .isEqualTo(new CryptoProperties(
                        null,
                        null,
                        new Pkcs11Properties(null, 0, "signet", null),
                        new Pkcs11Properties(null, 0, "signet", null),
                        true,
                        new HashingProperties(DataSize.ofMegabytes(19), 2, 1, 0, 64, Duration.ofSeconds(2))));
        assertThat(defaults.hashing().atOnceOrCores())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }
}
