package dev.signet.clients;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Takes fields out of untyped metadata, whether it came as YAML or JSON, and notes what is not as it should be. */
final class MetadataReader {

    private static final int LONGEST_LIST = 100;

    private final Map<String, ?> metadata;
    private final Set<String> untouched;
    private final List<MetadataProblem> problems = new ArrayList<>();

    MetadataReader(Map<String, ?> metadata) {
        this.metadata = metadata;
        this.untouched = new LinkedHashSet<>(metadata.keySet());
    }

    List<MetadataProblem> problems() {
        return problems;
    }

    void problem(String field, String reason, String fix) {
        problems.add(new MetadataProblem(field, reason, fix));
    }

    boolean has(String field) {
        return metadata.get(field) != null;
    }

    @Nullable
    String text(String field) {
        Object value = take(field);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        problem(field, "must be a text that is not empty", "write the value as text, in quotes if need be");
        return null;
    }

    String text(String field, String otherwise) {
        String text = text(field);
        return text == null ? otherwise : text;
    }

    /** One of the words offered. */
    String oneOf(String field, List<String> offered, String otherwise) {
        String value = optionOf(field, offered);
        return value == null ? otherwise : value;
    }

    /** One of the words offered; null where the field is absent. */
    @Nullable
    String optionOf(String field, List<String> offered) {
        String value = text(field);
        if (value != null && !offered.contains(value)) {
            problem(field, "is not offered: " + value, "choose " + String.join(" or ", offered));
            return null;
        }
        return value;
    }

    boolean flag(String field, boolean otherwise) {
        Object value = take(field);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        problem(field, "must be true or false", "write true or false, without quotes");
        return otherwise;
    }

    /** A list of texts; null where the field is absent. */
    @Nullable
    List<String> list(String field) {
        Object value = take(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Collection<?> items)) {
            problem(field, "must be a list", "write it as [first, second]");
            return null;
        }
        if (items.size() > LONGEST_LIST) {
            problem(field, "has more than " + LONGEST_LIST + " entries", "name fewer");
            return null;
        }
        List<String> texts = new ArrayList<>();
        int position = 0;
        for (Object item : items) {
            String here = field + "[" + position++ + "]";
            if (!(item instanceof String text) || text.isBlank()) {
                problem(here, "must be a text that is not empty", "write the value as text, in quotes if need be");
            } else if (texts.contains(text)) {
                problem(here, "is named twice: " + text, "name it once");
            } else {
                texts.add(text);
            }
        }
        return texts;
    }

    /** A time such as {@code 15m}, {@code 14d}, {@code PT1H} or a number of seconds. */
    Duration duration(String field, Duration otherwise, Duration shortest, Duration longest) {
        Object value = take(field);
        if (value == null) {
            return otherwise;
        }
        Duration duration = parse(value);
        if (duration == null || duration.getNano() != 0) {
            problem(field, "is not a time in whole seconds: " + value, "write it like 30s, 15m, 8h or 14d");
            return otherwise;
        }
        if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
            problem(
                    field,
                    "is out of range: " + value,
                    "choose between " + spoken(shortest) + " and " + spoken(longest));
            return otherwise;
        }
        return duration;
    }

    private static @Nullable Duration parse(Object value) {
        try {
            if (value instanceof Integer || value instanceof Long) {
                return Duration.ofSeconds(((Number) value).longValue());
            }
            return value instanceof String text ? DurationStyle.detectAndParse(text, ChronoUnit.SECONDS) : null;
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static String spoken(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    List<ClaimMapping> claimMappings() {
        untouched.remove(ClaimMappings.FIELD);
        return ClaimMappings.read(metadata, problems);
    }

    private @Nullable Object take(String field) {
        untouched.remove(field);
        return metadata.get(field);
    }

    /** Notes every field that nobody asked for: a typing error must not silently mean the default. */
    void refuseUnknown(Collection<String> known) {
        for (String field : untouched) {
            problem(field, "is not known", "known are " + String.join(", ", known));
        }
    }
}
