package dev.signet.credentials;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords may be chosen (NIST SP 800-63B-4 section 3.1.1.2): length is what counts, every character is welcome,
 * no composition is demanded, nothing is ever cut off; what an attacker tries first is refused.
 */
final class PasswordRules {

    /** Most characters of a password, counted in Unicode code points after normalisation. */
    static final int MAXIMUM = 1024;

    /** Beyond this, composing characters cannot bring a text down to the maximum; it is not worth normalising. */
    private static final int MOST_UTF16_UNITS = MAXIMUM * 16;

    private static final int SHORTEST_WORD = 4;
    private static final int FEWEST_DIFFERENT_CHARACTERS = 4;
    private static final Pattern WORD_GAP = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private final int minimum;
    private final List<String> forbiddenWords;

    PasswordRules(CredentialsProperties properties) {
        this.minimum = properties.passwordMinimum();
        this.forbiddenWords = properties.forbiddenWords();
    }

    /**
     * The password in the one form that is hashed (NFC), so that the same keys pressed on another system, which composes
     * accents differently, give the same password; empty if it is longer than any password can be.
     */
    static Optional<String> normalised(String password) {
        if (password.length() > MOST_UTF16_UNITS) {
            return Optional.empty();
        }
        String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
        return length(normal) > MAXIMUM ? Optional.empty() : Optional.of(normal);
    }

    int minimum() {
        return minimum;
    }

    Optional<PasswordProblem> problem(String candidate, @Nullable String... personal) {
        String password = normalised(candidate).orElse(null);
        if (password == null) {
            return Optional.of(new PasswordProblem.TooLong(MAXIMUM));
        }
        if (length(password) < minimum) {
            return Optional.of(new PasswordProblem.TooShort(minimum));
        }
        if (isRepetitive(password)) {
            return Optional.of(new PasswordProblem.Repetitive());
        }
        String folded = folded(password);
        return words(personal).stream().anyMatch(folded::contains)
                ? Optional.of(new PasswordProblem.ContainsName())
                : Optional.empty();
    }

    private Set<String> words(@Nullable String... personal) {
        Set<String> words = new LinkedHashSet<>();
        forbiddenWords.forEach(word -> words.add(folded(word)));
        for (String text : personal) {
            if (text == null) {
                continue;
            }
            String whole = folded(text);
            words.add(whole);
            // Of a mail address the part before the @ is personal; the domain is often a word of its own.
            int at = whole.lastIndexOf('@');
            String own = at < 0 ? whole : whole.substring(0, at);
            words.add(own);
            words.addAll(List.of(WORD_GAP.split(own)));
        }
        words.removeIf(word -> length(word) < SHORTEST_WORD);
        return words;
    }

    private static boolean isRepetitive(String password) {
        int[] characters = password.codePoints().toArray();
        if (password.codePoints().distinct().count() < FEWEST_DIFFERENT_CHARACTERS) {
            return true;
        }
        int step = step(characters[0], characters[1]);
        for (int i = 1; i < characters.length; i++) {
            if (step(characters[i - 1], characters[i]) != step) {
                return false;
            }
        }
        return true;
    }

    private static int step(int from, int to) {
        // 8 9 0 1 goes on counting.
        if (from == '9' && to == '0') {
            return 1;
        }
        return from == '0' && to == '9' ? -1 : to - from;
    }

    private static String folded(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
