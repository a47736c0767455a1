package dev.signet.users;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the standard claims may hold (OpenID Connect Core section 5.1). Applications show them and link to them: an address
 * with a script in it, or text that turns around, would be our gift to an attacker.
 */
public final class ProfileRules {

    private static final int LONGEST = 300;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}\\u202A-\\u202E\\u2066-\\u2069]");
    private static final Pattern BIRTHDATE = Pattern.compile("[0-9]{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().-]{1,30}(;ext=[0-9]{1,10})?");

    private ProfileRules() {}

    /** Why the claim may not have the value, if so. */
    public static Optional<String> refusal(String claim, String value) {
        if (value.isBlank() || value.length() > LONGEST) {
            return Optional.of("must have 1 to " + LONGEST + " characters");
        }
        // A postal address is the one claim that has lines.
        String oneLine = claim.equals("formatted") || claim.equals("street_address")
                ? value.replace("\r\n", " ").replace('\n', ' ')
                : value;
        if (UNPRINTABLE.matcher(oneLine).find()) {
            return Optional.of("has invisible characters");
        }
        return switch (claim) {
            case "profile", "picture", "website" ->
                webAddress(value) ? Optional.empty() : Optional.of("must be a web address: https://host/path");
            case "birthdate" -> matches(BIRTHDATE, value, "must be a date (2001-12-31, 0000-12-31) or a year");
            case "locale" -> matches(LOCALE, value, "must be a language tag such as en-GB");
            case "phone_number" -> matches(PHONE, value, "must be a telephone number such as +41 44 123 45 67");
            case "zoneinfo" ->
                zone(value) ? Optional.empty() : Optional.of("must be a time zone such as Europe/Zurich");
            default -> Optional.empty();
        };
    }

    private static Optional<String> matches(Pattern pattern, String value, String reason) {
        return pattern.matcher(value).matches() ? Optional.empty() : Optional.of(reason);
    }

    private static boolean webAddress(String value) {
        try {
            URI uri = new URI(value);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean zone(String value) {
        try {
            ZoneId.of(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
