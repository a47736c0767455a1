package dev.signet.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A compact JWS (RFC 7515 section 7.1) taken apart by strict rules, its signature not yet checked.
 *
 * <p>Only what we write ourselves gets through. The header has {@code alg}, {@code kid} and {@code typ} and no other
 * member, so nothing in it can bring along a key ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}), demand an
 * extension ({@code crit}, {@code b64}) or decompression ({@code zip}); {@code alg} is one of ours, so neither
 * {@code none} nor an HMAC. Each part is base64url in its one canonical form: no padding, no whitespace, no loose bits.
 *
 * @param signingInput header and payload as they were signed
 */
record CompactJws(
        String kid, SigningAlgorithm algorithm, String type, byte[] payload, byte[] signature, byte[] signingInput) {

    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final int MOST_HEADER_CHARACTERS = 1024;
    private static final Set<String> MEMBERS = Set.of("alg", "kid", "typ");

    static Optional<CompactJws> parse(String compact) {
        if (compact.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        int first = compact.indexOf('.');
        int second = compact.indexOf('.', first + 1);
        if (first <= 0
                || first > MOST_HEADER_CHARACTERS
                || second <= first + 1
                || second == compact.length() - 1
                || compact.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        Optional<byte[]> header = decode(compact.substring(0, first));
        Optional<byte[]> payload = decode(compact.substring(first + 1, second));
        Optional<byte[]> signature = decode(compact.substring(second + 1));
        if (header.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> members = JwtJson.read(header.get()).orElse(Map.of());
        if (!members.keySet().equals(MEMBERS)
                || !(members.get("alg") instanceof String alg)
                || !(members.get("kid") instanceof String kid)
                || !(members.get("typ") instanceof String typ)) {
            return Optional.empty();
        }
        byte[] input = compact.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return SigningAlgorithm.ofJwsName(alg)
                .map(algorithm -> new CompactJws(kid, algorithm, typ, payload.get(), signature.get(), input));
    }

    /** The bytes, if the text is the one canonical spelling of them (RFC 4648 section 3.5). */
    private static Optional<byte[]> decode(String part) {
        byte[] text = part.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            boolean canonical =
                    Arrays.equals(Base64.getUrlEncoder().withoutPadding().encode(bytes), text);
            return canonical ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
