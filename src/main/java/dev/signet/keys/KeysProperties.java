package dev.signet.keys;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the signing keys.
 *
 * @param refreshInterval how often a node looks for keys other nodes made, retired or killed; 500 ms to 5 s
 * @param maxAge how long clients may cache the JWK set; 0 to 24 h
 */
@ConfigurationProperties("signet.keys")
record KeysProperties(
        @DefaultValue("5s") Duration refreshInterval,
        @DefaultValue("10m") Duration maxAge) {

    KeysProperties {
        if (refreshInterval.compareTo(Duration.ofMillis(500)) < 0
                || refreshInterval.compareTo(Duration.ofSeconds(5)) > 0) {
            throw new IllegalArgumentException("signet.keys.refresh-interval must be 500ms to 5s");
        }
        if (maxAge.isNegative() || maxAge.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("signet.keys.max-age must be 0s to 24h");
        }
    }
}
