import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks signatures of JWTs (RFC 7515) by the provider's JWK set: RS256, PS256, ES256 and EdDSA with Ed25519. */
final class Jwts {

    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();
    private static final byte[] ED25519_DER = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();

    Jwts(Map<String, Object> jwkSet) {
        for (Object entry : Json.list(jwkSet.get("keys"))) {
            Map<?, ?> jwk = (Map<?, ?>) entry;
            if (jwk.get("kid") instanceof String kid && !"enc".equals(jwk.get("use"))) {
                try {
                    keys.put(kid, key(jwk));
                } catch (GeneralSecurityException | RuntimeException unusable) {
                    System.err.println("# key " + kid + " is of no use here: " + unusable.getMessage());
                }
            }
        }
    }

    /** The claims of a JWT whose signature is right. */
    Map<String, Object> verified(String jwt) {
        String[] parts = jwt.split("\\.");
        Wrong.unless(parts.length == 3, "not a signed JWT: " + Wrong.shorten(jwt));
        Map<String, Object> header = Json.object(text(parts[0]));
        PublicKey key = keys.get(String.valueOf(header.get("kid")));
        Wrong.unless(key != null, "the JWK set has no key " + header.get("kid"));
        try {
            Signature signature = signature(String.valueOf(header.get("alg")));
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            Wrong.unless(signature.verify(BASE64.decode(parts[2])), "a signature is wrong");
        } catch (GeneralSecurityException e) {
            throw new Wrong("a signature cannot be checked: " + e.getMessage());
        }
        return Json.object(text(parts[1]));
    }

    private static String text(String base64) {
        return new String(BASE64.decode(base64), StandardCharsets.UTF_8);
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        switch (algorithm) {
            case "RS256":
                return Signature.getInstance("SHA256withRSA");
            case "ES256":
                return Signature.getInstance("SHA256withECDSAinP1363Format");
            case "EdDSA":
                return Signature.getInstance("Ed25519");
            case "PS256":
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                return pss;
            default:
                throw new Wrong("a token is signed with " + algorithm);
        }
    }

    private static PublicKey key(Map<?, ?> jwk) throws GeneralSecurityException {
        return switch (String.valueOf(jwk.get("kty"))) {
            case "RSA" ->
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
            case "EC" -> {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                yield KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(
                                new ECPoint(number(jwk, "x"), number(jwk, "y")),
                                curve.getParameterSpec(ECParameterSpec.class)));
            }
            case "OKP" -> {
                byte[] x = BASE64.decode(String.valueOf(jwk.get("x")));
                byte[] der = java.util.Arrays.copyOf(ED25519_DER, ED25519_DER.length + x.length);
                System.arraycopy(x, 0, der, ED25519_DER.length, x.length);
                yield KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
            }
            default -> throw new GeneralSecurityException("its type is " + jwk.get("kty"));
        };
    }

    private static BigInteger number(Map<?, ?> jwk, String member) {
        return new BigInteger(1, BASE64.decode(String.valueOf(jwk.get(member))));
    }
}
