package dev.signet.crypto;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash written as a PHC string: {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}, both parts in base64
 * without padding.
 */
record PhcString(Argon2Cost cost, byte[] salt, byte[] hash) {

    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9]\\d{0,7}),t=([1-9]\\d{0,3}),"
            + "p=([1-9]\\d{0,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

    static Optional<PhcString> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > 256 || !matcher.matches()) {
            return Optional.empty();
        }
        try {
            var cost = new Argon2Cost(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(new PhcString(cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.iterations(),
                        cost.lanes(),
                        encoder.encodeToString(salt),
                        encoder.encodeToString(hash));
    }
}
