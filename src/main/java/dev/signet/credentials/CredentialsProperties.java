package dev.signet.credentials;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what people sign in with.
 *
 * @param passwordMinimum fewest characters of a new password; 8 to 64 (NIST SP 800-63B-4 demands 15 where a password is
 *     the only factor, 8 at least otherwise)
 * @param forbiddenWords words a new password may not contain, such as the names of the service and its operator;
 *     case does not matter; words under 4 characters are ignored
 */
@ConfigurationProperties("signet.credentials")
record CredentialsProperties(
        @DefaultValue("12") int passwordMinimum,
        @DefaultValue("signet") List<String> forbiddenWords) {

    CredentialsProperties {
        if (passwordMinimum < Passwords.SHORTEST_EVER || passwordMinimum > 64) {
            throw new IllegalArgumentException("signet.credentials.password-minimum must be 8 to 64");
        }
        forbiddenWords = List.copyOf(forbiddenWords);
    }
}
