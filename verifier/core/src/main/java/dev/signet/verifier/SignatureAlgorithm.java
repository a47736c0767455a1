package dev.signet.verifier;

import com.nimbusds.jose.JWSAlgorithm;
import org.jspecify.annotations.Nullable;

/** The signature algorithms that can be accepted (RFC 7518, RFC 8037). {@code none} and HMAC are not among them. */
public enum SignatureAlgorithm {
    ES256(JWSAlgorithm.ES256),
    RS256(JWSAlgorithm.RS256),
    PS256(JWSAlgorithm.PS256),
    /** With Ed25519. */
    EDDSA(JWSAlgorithm.EdDSA);

    private final JWSAlgorithm jws;

    SignatureAlgorithm(JWSAlgorithm jws) {
        this.jws = jws;
    }

    /** The name in a token's header, such as {@code EdDSA}. */
    public String jwsName() {
        return jws.getName();
    }

    JWSAlgorithm jws() {
        return jws;
    }

    static @Nullable SignatureAlgorithm named(String name) {
        return switch (name) {
            case "ES256" -> ES256;
            case "RS256" -> RS256;
            case "PS256" -> PS256;
            case "EdDSA" -> EDDSA;
            default -> null;
        };
    }
}
