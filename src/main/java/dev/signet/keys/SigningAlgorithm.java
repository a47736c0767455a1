package dev.signet.keys;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * How a token may be signed: asymmetric algorithms only (RFC 7518 section 3.1, RFC 8037). {@code none} and the HMAC
 * family do not exist here, so no input can name them.
 */
public enum SigningAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256, which every OpenID client must understand (OpenID Connect Core section 15.1). */
    RS256("RS256", "SHA256withRSA"),
    /** RSASSA-PSS with SHA-256. */
    PS256("PS256", "RSASSA-PSS"),
    /** ECDSA on P-256 with SHA-256; the JOSE form of its signature is IEEE P1363's: r and s, 32 bytes each. */
    ES256("ES256", "SHA256withECDSAinP1363Format"),
    /** Ed25519. */
    EDDSA("EdDSA", "Ed25519");

    private static final PSSParameterSpec PSS_SHA256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private final String jwsName;
    private final String jcaName;

    SigningAlgorithm(String jwsName, String jcaName) {
        this.jwsName = jwsName;
        this.jcaName = jcaName;
    }

    /** The name in JOSE headers and metadata, such as {@code EdDSA}. */
    public String jwsName() {
        return jwsName;
    }

    /** The algorithm of that exact name, if it is one of ours. */
    public static Optional<SigningAlgorithm> ofJwsName(String name) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.jwsName.equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** A fresh signature object: making one costs about a microsecond, and sharing one would need locks. */
    Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jcaName);
        if (this == PS256) {
            signature.setParameter(PSS_SHA256);
        }
        return signature;
    }
}
