package dev.signet.verifier;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed token taken apart (RFC 7515 section 7.1) in the only spelling that is accepted: one token, one string. Nothing in
 * it is trusted yet.
 *
 * @param header the protected header
 * @param payload the signed content; not looked at before the signature holds
 * @param signingInput what is signed
 * @param signature the signature
 */
record CompactJws(Map<String, Object> header, byte[] payload, byte[] signingInput, byte[] signature) {

    /**
     * Members that bring a key along, point to one, or change how the token is to be read. A verifier that heeds them lets
     * the token's author choose what it is checked against.
     */
    private static final Set<String> NOT_ALLOWED =
            Set.of("jku", "x5u", "jwk", "x5c", "crit", "zip", "b64", "enc", "p2c");

    private static final String OPAQUE_PREFIX = "sgn_";

    /**
     * Takes a token apart.
     *
     * @param limit greatest length in characters
     * @throws Refusal with the reason why it is not one
     */
    static CompactJws parse(String token, int limit) throws Refusal {
        if (token.length() > limit) {
            throw new Refusal(RefusalReason.TOO_LARGE, token.length() + " characters");
        }
        int dots = 0;
        int first = -1;
        int last = -1;
        boolean foreign = false;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '.') {
                dots++;
                first = first < 0 ? i : first;
                last = i;
            } else if (Character.isWhitespace(c) || c == 0xA0) {
                throw new Refusal(RefusalReason.WHITESPACE);
            } else if (!isBase64Url(c)) {
                foreign = true;
            }
        }
        if (dots == 0 && token.startsWith(OPAQUE_PREFIX)) {
            throw new Refusal(RefusalReason.OPAQUE);
        }
        if (dots == 4) {
            throw new Refusal(RefusalReason.ENCRYPTED);
        }
        if (dots != 2) {
            throw new Refusal(RefusalReason.MALFORMED, dots + 1 + " parts");
        }
        if (foreign) {
            throw new Refusal(RefusalReason.NOT_CANONICAL);
        }
        Map<String, Object> header = json(decode(token.substring(0, first)));
        byte[] payload = decode(token.substring(first + 1, last));
        byte[] signature = decode(token.substring(last + 1));
        return new CompactJws(header, payload, token.substring(0, last).getBytes(StandardCharsets.US_ASCII), signature);
    }

    /**
     * The algorithm.
     *
     * @throws Refusal when it is none of those accepted
     */
    SignatureAlgorithm algorithm(Set<SignatureAlgorithm> accepted) throws Refusal {
        String name = text("alg");
        if (name == null) {
            throw new Refusal(RefusalReason.MALFORMED, "no alg");
        }
        if (name.equalsIgnoreCase("none")) {
            throw new Refusal(RefusalReason.ALGORITHM_NONE);
        }
        if (name.regionMatches(true, 0, "HS", 0, 2)) {
            throw new Refusal(RefusalReason.ALGORITHM_SYMMETRIC);
        }
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(name);
        if (algorithm == null || !accepted.contains(algorithm)) {
            throw new Refusal(RefusalReason.ALGORITHM_NOT_ACCEPTED);
        }
        return algorithm;
    }

    /** @throws Refusal when the header has a member that is not allowed, apart from this one */
    void refuseDangerousMembers(String allowed) throws Refusal {
        for (String name : header.keySet()) {
            if (NOT_ALLOWED.contains(name) && !name.equals(allowed)) {
                throw new Refusal(RefusalReason.HEADER_NOT_ALLOWED, name);
            }
        }
    }

    /** The key the header names. */
    String keyId() throws Refusal {
        String id = text("kid");
        if (id == null || id.isEmpty()) {
            throw new Refusal(RefusalReason.KEY_ID_MISSING);
        }
        return id;
    }

    /**
     * Whether {@code typ} is one of these. RFC 7515 section 4.1.9: case does not matter, {@code application/} may stand in
     * front of it.
     */
    boolean isOfType(List<String> types) {
        String type = text("typ");
        if (type == null) {
            return false;
        }
        String prefix = "application/";
        String bare = type.regionMatches(true, 0, prefix, 0, prefix.length()) ? type.substring(prefix.length()) : type;
        for (String candidate : types) {
            if (candidate.equalsIgnoreCase(bare)) {
                return true;
            }
        }
        return false;
    }

    boolean isOfType(String type) {
        return isOfType(List.of(type));
    }

    /** The payload as a JSON object. */
    Map<String, Object> claims() throws Refusal {
        return json(payload);
    }

    private @Nullable String text(String member) {
        return header.get(member) instanceof String text ? text : null;
    }

    private static boolean isBase64Url(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Decodes base64url, refusing the spellings a lenient reader takes for the same bytes (RFC 4648 section 3.5). */
    static byte[] decode(String part) throws Refusal {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // falls through: not base64url at all
        }
        throw new Refusal(RefusalReason.NOT_CANONICAL);
    }

    private static Map<String, Object> json(byte[] bytes) throws Refusal {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return JSONObjectUtils.parse(text);
        } catch (CharacterCodingException | ParseException e) {
            throw new Refusal(RefusalReason.MALFORMED, "not a JSON object");
        }
    }
}
