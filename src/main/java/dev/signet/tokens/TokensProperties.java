package dev.signet.tokens;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lifetimes that are the server's and not the client's.
 *
 * @param codeLifetime how long an authorization code may be redeemed; 60 s by default, 10 min at most (RFC 6749
 *     section 4.1.2)
 */
@ConfigurationProperties("signet.tokens")
public record TokensProperties(@DefaultValue("60s") Duration codeLifetime) {

    public TokensProperties {
        if (codeLifetime.isNegative() || codeLifetime.isZero() || codeLifetime.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("signet.tokens.code-lifetime must be between 1s and 10m");
        }
    }
}
