package dev.signet.sessions;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long people stay signed in.
 *
 * @param idle time without any use after which a session ends; 8 h by default
 * @param absolute time after which a session ends whatever its use; 24 h by default
 * @param remembered both limits for people who chose "Keep me signed in"; 30 d by default
 * @param browserMemory time for which a browser remembers accounts that signed in there and counts as their known
 *     device; 365 d by default
 */
@ConfigurationProperties("signet.sessions")
public record SessionsProperties(
        @DefaultValue("8h") Duration idle,
        @DefaultValue("24h") Duration absolute,
        @DefaultValue("30d") Duration remembered,
        @DefaultValue("365d") Duration browserMemory) {

    public SessionsProperties {
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || absolute.compareTo(idle) < 0) {
            throw new IllegalArgumentException(
                    "signet.sessions.idle must be at least 1m and not longer than signet.sessions.absolute");
        }
        if (remembered.compareTo(Duration.ofDays(400)) > 0 || browserMemory.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("browsers keep cookies for 400d at most");
        }
    }

    Duration idle(boolean keep) {
        return keep ? remembered : idle;
    }

    Duration absolute(boolean keep) {
        return keep ? remembered : absolute;
    }
}
