package dev.signet.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A public key together with the algorithms it may be used with. The key decides, never the token: that is what keeps a
 * public RSA key from serving as an HMAC secret.
 */
final class VerificationKey {

    private static final int LEAST_RSA_BITS = 2048;

    /** A longer key or exponent would let a stranger's DPoP proof cost as much as he likes. */
    private static final int GREATEST_RSA_BITS = 8192;

    private static final int GREATEST_EXPONENT_BITS = 32;

    /** DER of a SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private interface Check {
        boolean holds(byte[] signed, byte[] signature) throws GeneralSecurityException, JOSEException;
    }

    private final JWK jwk;
    private final Map<SignatureAlgorithm, Check> checks;

    private VerificationKey(JWK jwk, Map<SignatureAlgorithm, Check> checks) {
        this.jwk = jwk;
        this.checks = checks;
    }

    /** A key for signatures, or empty where the JWK is for another use, of another kind, too short or malformed. */
    static Optional<VerificationKey> of(JWK jwk) {
        boolean forSignatures = (jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse()))
                && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
        if (!forSignatures || jwk.isPrivate()) {
            return Optional.empty();
        }
        try {
            Map<SignatureAlgorithm, Check> checks = checks(jwk);
            if (jwk.getAlgorithm() != null) {
                checks.keySet()
                        .removeIf(algorithm ->
                                !algorithm.jwsName().equals(jwk.getAlgorithm().getName()));
            }
            return checks.isEmpty() ? Optional.empty() : Optional.of(new VerificationKey(jwk, checks));
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Map<SignatureAlgorithm, Check> checks(JWK jwk) throws JOSEException, GeneralSecurityException {
        Map<SignatureAlgorithm, Check> checks = new EnumMap<>(SignatureAlgorithm.class);
        switch (jwk) {
            case ECKey key
            when Curve.P_256.equals(key.getCurve()) ->
                checks.put(SignatureAlgorithm.ES256, byNimbus(SignatureAlgorithm.ES256, new ECDSAVerifier(key)));
            case RSAKey key
            when isOfSoundSize(key) -> {
                RSASSAVerifier verifier = new RSASSAVerifier(key);
                checks.put(SignatureAlgorithm.RS256, byNimbus(SignatureAlgorithm.RS256, verifier));
                checks.put(SignatureAlgorithm.PS256, byNimbus(SignatureAlgorithm.PS256, verifier));
            }
            case OctetKeyPair key
            when Curve.Ed25519.equals(key.getCurve()) -> checks.put(SignatureAlgorithm.EDDSA, ed25519(key));
            default -> {
                // a key for something else
            }
        }
        return checks;
    }

    private static boolean isOfSoundSize(RSAKey key) {
        return key.size() >= LEAST_RSA_BITS
                && key.size() <= GREATEST_RSA_BITS
                && key.getPublicExponent().decodeToBigInteger().bitLength() <= GREATEST_EXPONENT_BITS;
    }

    private static Check byNimbus(SignatureAlgorithm algorithm, JWSVerifier verifier) {
        // The verifiers look at nothing in the header but the algorithm.
        JWSHeader header = new JWSHeader(algorithm.jws());
        return (signed, signature) -> verifier.verify(header, signed, Base64URL.encode(signature));
    }

    /** By the JDK: the library's own class for it needs a further library. */
    private static Check ed25519(OctetKeyPair key) throws GeneralSecurityException {
        byte[] point = key.getX().decode();
        if (point.length != 32) {
            throw new GeneralSecurityException("an Ed25519 key has 32 bytes");
        }
        byte[] encoded = new byte[ED25519_PREFIX.length + point.length];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
        PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        return (signed, signature) -> {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey);
            check.update(signed);
            return check.verify(signature);
        };
    }

    Set<SignatureAlgorithm> algorithms() {
        return EnumSet.copyOf(checks.keySet());
    }

    boolean accepts(SignatureAlgorithm algorithm) {
        return checks.containsKey(algorithm);
    }

    /** Whether this key made the signature, by this algorithm. A malformed signature is a wrong one. */
    boolean signed(SignatureAlgorithm algorithm, CompactJws jws) {
        Check check = checks.get(algorithm);
        try {
            return check != null && check.holds(jws.signingInput(), jws.signature());
        } catch (GeneralSecurityException | JOSEException | RuntimeException e) {
            return false;
        }
    }

    /** Two keys are the same when their public JWKs are. */
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof VerificationKey that && jwk.equals(that.jwk));
    }

    @Override
    public int hashCode() {
        return jwk.hashCode();
    }
}
