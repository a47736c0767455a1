package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HexFormat;

/** Turns keys into JWKs (RFC 7517, 7518 section 6, 8037 section 2) and back; used when keys are made or loaded. */
final class KeyMaterial {

    private static final int RSA_BITS = 2048;
    private static final int ED25519_LENGTH = 32;
    /** What stands before the 32 bytes of an Ed25519 key in its DER forms (RFC 8410 sections 4 and 7). */
    private static final byte[] ED25519_PUBLIC_DER = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] ED25519_PRIVATE_DER = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private KeyMaterial() {}

    /** A new key pair as a JWK with {@code kid} (RFC 7638 thumbprint), {@code alg} and {@code use}. */
    static JWK generate(SigningAlgorithm algorithm) {
        JWSAlgorithm jws = JWSAlgorithm.parse(algorithm.jwsName());
        try {
            return switch (algorithm) {
                case ES256 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                    KeyPair pair = generator.generateKeyPair();
                    yield new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                            .privateKey(pair.getPrivate())
                            .algorithm(jws)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyIDFromThumbprint()
                            .build();
                }
                case RS256, PS256 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(RSA_BITS);
                    KeyPair pair = generator.generateKeyPair();
                    yield new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                            .privateKey(pair.getPrivate())
                            .algorithm(jws)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyIDFromThumbprint()
                            .build();
                }
                case EDDSA -> {
                    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                    yield new OctetKeyPair.Builder(
                                    Curve.Ed25519, lastBytes(pair.getPublic().getEncoded()))
                            .d(lastBytes(pair.getPrivate().getEncoded()))
                            .algorithm(jws)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyIDFromThumbprint()
                            .build();
                }
            };
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("could not make a key for " + algorithm.jwsName(), e);
        }
    }

    static PublicKey publicKey(String kid, String jwk) {
        try {
            return switch (identified(kid, JWK.parse(jwk))) {
                case ECKey key -> key.toECPublicKey();
                case RSAKey key -> key.toRSAPublicKey();
                case OctetKeyPair key ->
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(join(ED25519_PUBLIC_DER, key.getDecodedX())));
                default -> throw new IllegalStateException("a signing key is neither EC, RSA nor OKP");
            };
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("the public half of a signing key is damaged", e);
        }
    }

    static PrivateKey privateKey(String kid, byte[] jwk) {
        try {
            return switch (identified(kid, JWK.parse(new String(jwk, StandardCharsets.UTF_8)))) {
                case ECKey key -> key.toECPrivateKey();
                case RSAKey key -> key.toPrivateKey();
                case OctetKeyPair key ->
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(join(ED25519_PRIVATE_DER, key.getDecodedD())));
                default -> throw new IllegalStateException("a signing key is neither EC, RSA nor OKP");
            };
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            // Without the cause: its message may quote the key.
            throw new IllegalStateException("the private half of a signing key is damaged");
        }
    }

    /** The key id is the public half's thumbprint, so a half exchanged in the database does not go unseen. */
    private static JWK identified(String kid, JWK jwk) throws JOSEException {
        if (!jwk.computeThumbprint().toString().equals(kid)) {
            throw new IllegalStateException("signing key " + kid + " in the database is another key than its id says");
        }
        return jwk;
    }

    private static Base64URL lastBytes(byte[] der) {
        return Base64URL.encode(Arrays.copyOfRange(der, der.length - ED25519_LENGTH, der.length));
    }

    private static byte[] join(byte[] prefix, byte[] key) {
        byte[] der = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, der, prefix.length, key.length);
        return der;
    }
}
