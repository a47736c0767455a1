package dev.signet.users;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an installation knows of a person beyond the standard claims, such as their tenant or projects. A value is text,
 * true or false, or a list of texts, which stays a list even if it has one entry.
 */
public record Attributes(Map<String, Object> values) {

    /** Nothing known. */
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        for (Object value : values.values()) {
            boolean texts = value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            if (!texts && !(value instanceof String) && !(value instanceof Boolean)) {
                throw new IllegalArgumentException("an attribute is text, true or false, or a list of texts");
            }
        }
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Names only: values are nobody's business. */
    @Override
    public String toString() {
        return "Attributes" + values.keySet();
    }
}
