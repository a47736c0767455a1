package dev.signet.theme;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of one theme in one language; templates know it as {@code words}. Every message is a {@link MessageFormat}, with or
 * without arguments, so that apostrophes follow one rule.
 */
final class Words {

    /** Frames an argument while a message is put together; never in a message or a value, since it is taken out of both. */
    private static final char MARK = '\u0001';

    private static final Pattern MARKED = Pattern.compile(MARK + "([^" + MARK + "]*)" + MARK);

    private final Locale locale;
    private final Map<String, String> patterns;

    Words(Locale locale, Map<String, String> patterns) {
        this.locale = locale;
        this.patterns = Map.copyOf(patterns);
    }

    /**
     * A piece of a message.
     *
     * @param text what to show
     * @param argument whether it came in as an argument, which pages set in bold
     */
    record Part(String text, boolean argument) {}

    public boolean has(String key) {
        return patterns.containsKey(key);
    }

    /** Gives a message, or its key where there is none. */
    public String text(String key, @Nullable Object... args) {
        String pattern = patterns.get(key);
        if (pattern == null) {
            return key;
        }
        if (pattern.indexOf('{') < 0 && pattern.indexOf('\'') < 0) {
            return pattern;
        }
        Object[] shown = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            shown[i] = shown(args[i]);
        }
        return new MessageFormat(pattern, locale).format(shown);
    }

    /** Gives a message with a list of arguments. */
    public String of(String key, List<Object> args) {
        return text(key, args.toArray());
    }

    /** Gives a message in pieces, so that a page can set its arguments in bold without any markup in the message. */
    public List<Part> parts(String key, @Nullable Object... args) {
        Object[] marked = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            marked[i] = MARK + String.valueOf(shown(args[i])).replace(MARK, ' ') + MARK;
        }
        String whole = text(key, marked);
        List<Part> parts = new ArrayList<>();
        Matcher matcher = MARKED.matcher(whole);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                parts.add(new Part(whole.substring(end, matcher.start()), false));
            }
            parts.add(new Part(matcher.group(1), true));
            end = matcher.end();
        }
        if (end < whole.length()) {
            parts.add(new Part(whole.substring(end), false));
        }
        return parts;
    }

    /** Gives what an error page says: with its argument where there is one, else a text that needs none. */
    public String errorText(ErrorPage page) {
        String key = page.kind().key();
        return page.args().isEmpty() || !has(key + ".textWith")
                ? text(key + ".text")
                : of(key + ".textWith", page.args());
    }

    /** Gives what a scope lets an app do. */
    public String scope(ScopeView scope) {
        String key = "scope." + scope.name();
        if (has(key)) {
            return text(key);
        }
        String description = scope.description();
        return description == null || description.isBlank() ? scope.name() : description;
    }

    /** Gives the second line of a scope, or nothing. */
    public @Nullable String scopeHint(ScopeView scope) {
        String key = "scope." + scope.name() + ".hint";
        return has(key) ? text(key) : null;
    }

    private @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case Duration duration -> duration(duration);
            case Instant instant -> instant(instant);
            case null, default -> value;
        };
    }

    /** Gives a time as people read it, in UTC, for support to find it in a log. */
    public String instant(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                        .withLocale(locale)
                        .format(instant.atOffset(ZoneOffset.UTC))
                + " UTC";
    }

    /** Gives a length of time in words, rounded up: nobody comes back too early. */
    private String duration(Duration duration) {
        long seconds = Math.max(1, duration.plusMillis(999).toSeconds());
        if (seconds < 60) {
            return text("duration.seconds", seconds);
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120 ? text("duration.minutes", minutes) : text("duration.hours", (minutes + 59) / 60);
    }
}
