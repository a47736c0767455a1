package dev.signet.users;

import dev.signet.privacy.SensitiveData;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What attributes may be: short, visible, and nothing that must not end up in a token. */
public final class AttributeRules {

    static final int MOST = 50;

    private static final int LONGEST = 300;
    private static final int LONGEST_LIST = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}\\u202A-\\u202E\\u2066-\\u2069]");

    private AttributeRules() {}

    /** Why there may be no attribute of this name, if so. */
    public static Optional<String> refusalOfName(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("is no name: use up to 64 letters, digits and _ . - and begin with a letter");
        }
        return SensitiveData.inName(name).map(what -> "looks like " + what + ", which must never reach a token");
    }

    /** Why the attribute may not have the value, if so; the reason does not repeat the value. */
    public static Optional<String> refusal(Object value) {
        return switch (value) {
            case Boolean flag -> Optional.empty();
            case String text -> refusalOfText(text);
            case List<?> list
            when list.size() > LONGEST_LIST -> Optional.of("has more than " + LONGEST_LIST + " entries");
            case List<?> list ->
                list.stream()
                        .map(item -> item instanceof String text ? refusalOfText(text) : notText())
                        .flatMap(Optional::stream)
                        .findFirst();
            default -> notText();
        };
    }

    private static Optional<String> notText() {
        return Optional.of("must be text, true or false, or a list of texts");
    }

    private static Optional<String> refusalOfText(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            return Optional.of("must have 1 to " + LONGEST + " characters");
        }
        if (UNPRINTABLE.matcher(text).find()) {
            return Optional.of("has invisible characters");
        }
        return SensitiveData.inValue(text).map(what -> "looks like " + what + ", which must never reach a token");
    }
}
