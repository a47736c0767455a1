package dev.signet.keys;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JWT whose signature was made by one of our keys. Nothing else was checked: not its times, not its audience.
 *
 * @param kid the key that signed it
 * @param algorithm how
 * @param type the header's {@code typ}, such as {@code at+jwt} or {@code JWT}
 * @param claims the payload; numbers are {@link Number}s, arrays lists, objects maps; unmodifiable
 */
public record VerifiedJwt(String kid, SigningAlgorithm algorithm, String type, Map<String, Object> claims) {

    public VerifiedJwt {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }
}
