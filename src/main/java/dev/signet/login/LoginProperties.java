package dev.signet.login;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sign-in pages.
 *
 * @param flowLifetime how long a sign-in may take; 15 min by default, at least that much by WCAG 2.2.1
 * @param rememberOffered whether people may choose "Keep me signed in"; yes by default
 */
@ConfigurationProperties("signet.login")
public record LoginProperties(
        @DefaultValue("15m") Duration flowLifetime,
        @DefaultValue("true") boolean rememberOffered) {

    public LoginProperties {
        if (flowLifetime.compareTo(Duration.ofMinutes(1)) < 0 || flowLifetime.compareTo(Duration.ofHours(4)) > 0) {
            throw new IllegalArgumentException("signet.login.flow-lifetime must be between 1m and 4h");
        }
    }
}
