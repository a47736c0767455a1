package dev.signet.privacy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises what people put into directories though it must not leave them: passwords, card numbers, PINs and other
 * secrets. Tokens are kept, logged and shown in places nobody thinks of; what stands in one is as good as published.
 *
 * <p>It is a guard against mistakes, not against malice: whoever wants to hide a secret in a claim can.
 */
public final class SensitiveData {

    private static final String PASSWORD = "a password";
    private static final String CARD = "a payment card number";
    private static final String PIN = "a PIN";
    private static final String SECRET = "a secret";

    /** Words in a name, in the languages of our pages; {@code pin} must be a word of its own (not {@code shipping}). */
    private static final Set<String> PASSWORD_WORDS = Set.of(
            "password",
            "passwords",
            "passwd",
            "pwd",
            "passphrase",
            "passcode",
            "passwort",
            "kennwort",
            "motdepasse",
            "contrasena",
            "contraseña");

    private static final Set<String> PIN_WORDS = Set.of("pin", "pincode", "pins", "otp", "totp");
    private static final Set<String> CARD_WORDS =
            Set.of("pan", "cvv", "cvv2", "cvc", "cvc2", "creditcard", "debitcard", "cardnumber", "kreditkarte");
    private static final Set<String> SECRET_WORDS = Set.of(
            "secret", "secrets", "apikey", "privatekey", "accesstoken", "refreshtoken", "credential", "credentials");

    /** Pairs of words that mean what neither does alone. */
    private static final List<String[]> PAIRS = List.of(
            new String[] {"credit", "card", CARD},
            new String[] {"debit", "card", CARD},
            new String[] {"card", "number", CARD},
            new String[] {"card", "no", CARD},
            new String[] {"pass", "word", PASSWORD},
            new String[] {"pass", "phrase", PASSWORD},
            new String[] {"pin", "code", PIN},
            new String[] {"api", "key", SECRET},
            new String[] {"private", "key", SECRET},
            new String[] {"access", "token", SECRET},
            new String[] {"refresh", "token", SECRET});

    private static final Pattern WORD_BORDER = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^\\p{L}\\p{N}]+");

    /** 13 to 19 digits (ISO/IEC 7812), in groups or not, that are no part of a longer identifier such as a UUID. */
    private static final Pattern DIGITS = Pattern.compile(
            "(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}]-)[0-9](?:[ -]?[0-9]){12,18}(?![\\p{L}\\p{N}]|-[\\p{L}\\p{N}])");

    private static final Pattern NAMED_PASSWORD =
            Pattern.compile("(?i)\\b(password|passwd|pwd|passwort|kennwort)\\s*[:=]\\s*\\S");
    private static final Pattern NAMED_PIN = Pattern.compile("(?i)\\bpin([ -]?code)?\\W{0,3}[0-9]{4,8}\\b");

    /** Hashes of passwords as crypt, Argon2 and LDAP directories write them. */
    private static final Pattern PASSWORD_HASH = Pattern.compile(
            "\\$(argon2(id|i|d)|2[abxy]?|1|5|6|y|scrypt|pbkdf2[a-z0-9-]*)\\$\\S+|\\{(S?SHA(256|512)?|CRYPT|S?MD5|BCRYPT|ARGON2)}\\S+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BEARER = Pattern.compile(
            "sgn_[a-z]{2}_\\S{16,}|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.\\S*|-----BEGIN [A-Z ]*PRIVATE KEY.*",
            Pattern.DOTALL);

    private SensitiveData() {}

    /** What something of this name is likely to hold, in words such as "a password"; empty if it is harmless. */
    public static Optional<String> inName(String name) {
        if (name.strip().equalsIgnoreCase("pass")) {
            return Optional.of(PASSWORD);
        }
        String[] words = WORD_BORDER.split(name.strip());
        for (int i = 0; i < words.length; i++) {
            String word = words[i].toLowerCase(Locale.ROOT);
            Optional<String> found = word(word);
            if (found.isEmpty() && i + 1 < words.length) {
                found = pair(word, words[i + 1].toLowerCase(Locale.ROOT));
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> word(String word) {
        if (PASSWORD_WORDS.contains(word) || word.endsWith("password") || word.endsWith("passwd")) {
            return Optional.of(PASSWORD);
        }
        if (PIN_WORDS.contains(word)) {
            return Optional.of(PIN);
        }
        if (CARD_WORDS.contains(word)) {
            return Optional.of(CARD);
        }
        return SECRET_WORDS.contains(word) ? Optional.of(SECRET) : Optional.empty();
    }

    private static Optional<String> pair(String first, String second) {
        for (String[] pair : PAIRS) {
            if (pair[0].equals(first) && pair[1].equals(second)) {
                return Optional.of(pair[2]);
            }
        }
        return Optional.empty();
    }

    /** What the value looks like, in words such as "a payment card number"; empty if it looks harmless. */
    public static Optional<String> inValue(String value) {
        if (NAMED_PASSWORD.matcher(value).find()
                || PASSWORD_HASH.matcher(value.strip()).matches()) {
            return Optional.of(PASSWORD);
        }
        if (NAMED_PIN.matcher(value).find()) {
            return Optional.of(PIN);
        }
        if (BEARER.matcher(value.strip()).matches()) {
            return Optional.of(SECRET);
        }
        Matcher digits = DIGITS.matcher(value);
        while (digits.find()) {
            if (passesLuhn(digits.group())) {
                return Optional.of(CARD);
            }
        }
        return Optional.empty();
    }

    /** The check digit of payment cards (ISO/IEC 7812-1 annex B). */
    private static boolean passesLuhn(String text) {
        int sum = 0;
        boolean doubled = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                continue;
            }
            int counted = doubled ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
            doubled = !doubled;
        }
        return sum % 10 == 0;
    }
}
