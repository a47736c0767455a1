package dev.signet.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key pair that signs: by the library for EC and RSA, by the JDK for Ed25519. */
public final class TestKey {

    private final JWK jwk;
    private final String algorithm;
    private final @Nullable PrivateKey edKey;

    private TestKey(JWK jwk, String algorithm, @Nullable PrivateKey edKey) {
        this.jwk = jwk;
        this.algorithm = algorithm;
        this.edKey = edKey;
    }

    public static TestKey of(String kid, String algorithm) {
        try {
            JWSAlgorithm jws = JWSAlgorithm.parse(algorithm);
            return switch (algorithm) {
                case "ES256" ->
                    new TestKey(
                            new ECKeyGenerator(Curve.P_256)
                                    .keyID(kid)
                                    .algorithm(jws)
                                    .keyUse(KeyUse.SIGNATURE)
                                    .generate(),
                            algorithm,
                            null);
                case "RS256", "PS256" ->
                    new TestKey(
                            new RSAKeyGenerator(2048)
                                    .keyID(kid)
                                    .algorithm(jws)
                                    .keyUse(KeyUse.SIGNATURE)
                                    .generate(),
                            algorithm,
                            null);
                case "EdDSA" -> edwards(kid);
                default -> throw new IllegalArgumentException(algorithm);
            };
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestKey edwards(String kid) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        OctetKeyPair jwk = new OctetKeyPair.Builder(
                        Curve.Ed25519,
                        Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
                .keyID(kid)
                .algorithm(JWSAlgorithm.EdDSA)
                .keyUse(KeyUse.SIGNATURE)
                .build();
        return new TestKey(jwk, "EdDSA", pair.getPrivate());
    }

    public String kid() {
        return jwk.getKeyID();
    }

    public String algorithm() {
        return algorithm;
    }

    public Map<String, Object> publicJwk() {
        return jwk.toPublicJWK().toJSONObject();
    }

    public Map<String, Object> privateJwk() {
        return jwk.toJSONObject();
    }

    public RSAKey rsa() {
        return jwk.toRSAKey();
    }

    public String thumbprint() {
        try {
            return jwk.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs these claims under a header of this key with a few members changed or added. */
    public String sign(Map<String, Object> header, Map<String, Object> claims) {
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("alg", algorithm);
        full.put("kid", kid());
        full.putAll(header);
        full.values().removeIf(value -> value.equals(""));
        return sign(JSONObjectUtils.toJSONString(full), JSONObjectUtils.toJSONString(claims));
    }

    public String sign(String header, String payload) {
        String input = encode(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + encode(payload.getBytes(StandardCharsets.UTF_8));
        return input + '.' + encode(signature(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(byte[] input) {
        try {
            JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm));
            if (edKey != null) {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(edKey);
                signature.update(input);
                return signature.sign();
            }
            if (jwk instanceof ECKey ec) {
                return new ECDSASigner(ec).sign(header, input).decode();
            }
            return new RSASSASigner(jwk.toRSAKey()).sign(header, input).decode();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
