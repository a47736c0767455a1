package dev.signet.keys;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the signing keys.
 *
 * @param refreshInterval how often a node looks for keys other nodes made, retired or killed; 500 ms to 5 s
 * @param maxAge how long clients may cache the JWK set; 0 to 24 h
 * @param announce how long a new key is in the JWK set before it signs; 0 to 30 d, and never less than {@code maxAge}
 *     whatever is set here; longer than any client keeps its copy
 * @param rotateEvery how long a key signs before the next takes over; longer than {@code announce}, at most 3 years
 * @param keepRetired how long a key stays in the JWK set after it signed its last token; 24 h (no token lives longer) to
 *     1 year
 */
@ConfigurationProperties("signet.keys")
record KeysProperties(
        @DefaultValue("5s") Duration refreshInterval,
        @DefaultValue("10m") Duration maxAge,
        @DefaultValue("48h") Duration announce,
        @DefaultValue("90d") Duration rotateEvery,
        @DefaultValue("25h") Duration keepRetired) {

    KeysProperties {
        if (refreshInterval.compareTo(Duration.ofMillis(500)) < 0
                || refreshInterval.compareTo(Duration.ofSeconds(5)) > 0) {
            throw new IllegalArgumentException("signet.keys.refresh-interval must be 500ms to 5s");
        }
        if (maxAge.isNegative() || maxAge.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("signet.keys.max-age must be 0s to 24h");
        }
        if (announce.isNegative() || announce.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("signet.keys.announce must be 0s to 30d");
        }
        Duration shortest = (announce.compareTo(maxAge) < 0 ? maxAge : announce).plusHours(1);
        if (rotateEvery.compareTo(shortest) < 0 || rotateEvery.compareTo(Duration.ofDays(1100)) > 0) {
            throw new IllegalArgumentException(
                    "signet.keys.rotate-every must be at least an hour longer than announce and max-age, at most"
                            + " 1100d");
        }
        if (keepRetired.compareTo(Duration.ofHours(24)) < 0 || keepRetired.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("signet.keys.keep-retired must be 24h to 366d");
        }
    }
}
