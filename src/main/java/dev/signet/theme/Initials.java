package dev.signet.theme;

import java.util.Locale;

/** The letters that stand in for a picture. */
final class Initials {

    private Initials() {}

    /** First letter or digit of a name, in upper case; a question mark where there is none. */
    static String first(String name) {
        return name.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(letter -> Character.toString(letter).toUpperCase(Locale.ROOT))
                .findFirst()
                .orElse("?");
    }

    /** First letters of the first and the last word: {@code Ana María Ruiz} gives {@code AR}. */
    static String of(String name) {
        String[] words = name.strip().split("[\\s@]+");
        String first = first(words[0]);
        return words.length < 2 || name.contains("@") ? first : first + first(words[words.length - 1]);
    }
}
