package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTests {

    private static TestKeys world;
    private static SigningKeys keys;

    @BeforeAll
    static void makeKeys() {
        world = TestKeys.create();
        keys = world.keys();
        keys.ensure(SigningAlgorithm.PS256);
        keys.ensure(SigningAlgorithm.EDDSA);
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://id.example");
        claims.put("sub", "0190a5a0-0000-7000-8000-00000000002a");
        claims.put("aud", List.of("https://api.example", "caf\u00e9"));
        claims.put("iat", Instant.ofEpochSecond(1_800_000_000L, 999_999_999));
        claims.put("exp", Date.from(Instant.ofEpochSecond(1_800_000_900L)));
        claims.put("email_verified", true);
        claims.put("address", Map.of("country", "DE"));
        return claims;
    }

    private static JWKSet published() throws Exception {
        return JWKSet.parse(new String(keys.published().json(), StandardCharsets.UTF_8));
    }

    private static JWK publicJwk(String kid) throws Exception {
        return published().getKeyByKeyId(kid);
    }

    @Nested
    class Signing {

        @ParameterizedTest
        @EnumSource
        void isUnderstoodByAnIndependentVerifier(SigningAlgorithm algorithm) throws Exception {
            JWSObject token = JWSObject.parse(keys.sign(algorithm, "at+jwt", claims()));

            assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
            assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
            JWK jwk = publicJwk(token.getHeader().getKeyID());
            boolean valid = switch (jwk) {
                case ECKey key -> token.verify(new ECDSAVerifier(key));
                case RSAKey key -> token.verify(new RSASSAVerifier(key));
                case OctetKeyPair key -> ed25519(key, token);
                default -> false;
            };
            assertThat(valid).isTrue();
        }

        private boolean ed25519(OctetKeyPair key, JWSObject token) {
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(key.getDecodedX()));
            verifier.update(token.getSigningInput(), 0, token.getSigningInput().length);
            return verifier.verifySignature(token.getSignature().decode());
        }

        @Test
        void writesTheClaimsAsTheyAreAndInstantsAsSeconds() throws Exception {
            Map<String, Object> payload = JWSObject.parse(keys.sign(SigningAlgorithm.ES256, "JWT", claims()))
                    .getPayload()
                    .toJSONObject();

            assertThat(payload)
                    .containsEntry("iat", 1_800_000_000L)
                    .containsEntry("exp", 1_800_000_900L)
                    .containsEntry("aud", List.of("https://api.example", "caf\u00e9"))
                    .containsEntry("email_verified", true)
                    .containsEntry("address", Map.of("country", "DE"));
        }

        @Test
        void refusesATypeThatIsNoMediaType() {
            assertThatThrownBy(() -> keys.sign(SigningAlgorithm.ES256, "at+jwt\",\"jku\":\"x", claims()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void makesTheFirstKeyOfAnAlgorithmWhenItIsAskedFor() {
            SigningKeys fresh = TestKeys.create().keys();

            assertThat(fresh.available(SigningAlgorithm.ES256)).isTrue();
            assertThat(fresh.available(SigningAlgorithm.RS256)).isTrue();
            assertThat(fresh.available(SigningAlgorithm.EDDSA)).isFalse();
            String token = fresh.sign(SigningAlgorithm.EDDSA, "JWT", claims());
            assertThat(fresh.verify(token)).isPresent();
            assertThat(fresh.available(SigningAlgorithm.EDDSA)).isTrue();
            assertThat(fresh.available(SigningAlgorithm.PS256)).isFalse();
        }
    }

    @Nested
    class Verifying {

        @ParameterizedTest
        @EnumSource
        void readsBackWhatWasSigned(SigningAlgorithm algorithm) {
            VerifiedJwt jwt = keys.verify(keys.sign(algorithm, "JWT", claims())).orElseThrow();

            assertThat(jwt.algorithm()).isEqualTo(algorithm);
            assertThat(jwt.type()).isEqualTo("JWT");
            assertThat(jwt.claims())
                    .containsEntry("sub", "0190a5a0-0000-7000-8000-00000000002a")
                    .containsEntry("exp", 1_800_000_900);
        }

        @ParameterizedTest
        @EnumSource
        void refusesAnyCharacterChangedAddedOrCut(SigningAlgorithm algorithm) {
            String token = keys.sign(algorithm, "JWT", Map.of("sub", "a"));
            for (int i = 0; i < token.length(); i++) {
                char changed = token.charAt(i) == 'A' ? 'B' : 'A';
                refused(token.substring(0, i) + changed + token.substring(i + 1));
                refused(token.substring(0, i) + token.substring(i + 1));
                refused(token.substring(0, i));
            }
            for (String extra : List.of(" ", "\n", "\t", "=", "==", ".", "A", "\0", "\u00e9", "~", ".AAAA")) {
                refused(token + extra);
                refused(extra + token);
                refused(token.replaceFirst("\\.", extra + "."));
                refused(token.replaceFirst("\\.", "." + extra));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", ".", "..", "...", "a.b.c", "a.b", "e30.e30.", ".e30.e30", "e30..e30", "bnVsbA.e30.AA"})
        void refusesWhatIsNoToken(String garbage) {
            refused(garbage);
        }

        @Test
        void refusesMoreThanSixteenKilobytes() {
            refused(keys.sign(SigningAlgorithm.ES256, "JWT", Map.of("x", "y".repeat(16_384))));
            assertThat(keys.verify(keys.sign(SigningAlgorithm.ES256, "JWT", Map.of("x", "y".repeat(10_000)))))
                    .isPresent();
            refused("a".repeat(10_000_000));
        }

        @Test
        void refusesTokensOfAnotherInstallation() {
            refused(TestKeys.create().keys().sign(SigningAlgorithm.ES256, "JWT", claims()));
        }

        @Test
        void acceptsLooseBitsNowhere() {
            String token = keys.sign(SigningAlgorithm.ES256, "JWT", Map.of("sub", "a"));
            // 64 bytes leave four unused bits in the last character: other spellings decode to the same signature.
            String body = token.substring(0, token.length() - 1);
            char last = token.charAt(token.length() - 1);
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            for (char other : alphabet.toCharArray()) {
                if (other != last) {
                    refused(body + other);
                }
            }
        }
    }

    /** Hand-made tokens: each gives itself a header that has fooled some library once. */
    @Nested
    class Confusion {

        private final String signed = keys.sign(SigningAlgorithm.RS256, "JWT", Map.of("sub", "victim"));
        private final String kid = header(signed).get("kid").toString();

        @ParameterizedTest
        @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "RS512", "rs256", "ES256K", "RS256 ", "dir"})
        void refusesForeignAlgorithms(String alg) {
            refused(withHeader(Map.of("alg", alg, "kid", kid, "typ", "JWT")));
            refused(encode(Map.of("alg", alg, "kid", kid, "typ", "JWT")) + "." + encode(Map.of("sub", "x")) + ".");
        }

        @ParameterizedTest
        @ValueSource(strings = {"PS256", "ES256", "EdDSA"})
        void refusesAnotherAlgorithmThanTheKeys(String alg) {
            refused(withHeader(Map.of("alg", alg, "kid", kid, "typ", "JWT")));
        }

        @Test
        void refusesAnHmacUnderThePublicKey() throws Exception {
            PublicKey publicKey = publicJwk(kid).toRSAKey().toRSAPublicKey();
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(publicKey.getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
            for (byte[] secret : List.of(
                    publicKey.getEncoded(),
                    pem.getBytes(StandardCharsets.US_ASCII),
                    publicJwk(kid).toJSONString().getBytes(StandardCharsets.UTF_8))) {
                for (String alg : List.of("HS256", "RS256")) {
                    String input = encode(Map.of("alg", alg, "kid", kid, "typ", "JWT")) + "."
                            + encode(Map.of("sub", "attacker"));
                    Base64URL mac = new MACSigner(secret)
                            .sign(new JWSHeader(JWSAlgorithm.HS256), input.getBytes(StandardCharsets.US_ASCII));
                    refused(input + "." + mac);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"jku", "x5u", "jwk", "x5c", "x5t", "crit", "zip", "b64", "cty", "enc", "p2c", "anything"})
        void refusesEveryOtherHeaderMember(String member) throws Exception {
            // Signed by our own key, so that nothing but the member is wrong.
            refused(signedByOurKey(Map.of("alg", "ES256", "typ", "JWT", member, "x")));
            refused(signedByOurKey(Map.of("alg", "ES256", "typ", "JWT", member, List.of("x"))));
            refused(signedByOurKey(Map.of("alg", "ES256", "typ", "JWT", member, true)));
        }

        @Test
        void acceptsTheSameTokenWithoutThatMember() throws Exception {
            assertThat(keys.verify(signedByOurKey(Map.of("alg", "ES256", "typ", "JWT"))))
                    .isPresent();
        }

        @Test
        void refusesAKeyIdThatIsNotAString() {
            refused(withHeader(Map.of("alg", "RS256", "kid", 1, "typ", "JWT")));
            refused(withHeader(Map.of("alg", "RS256", "kid", List.of(kid), "typ", "JWT")));
            refused(withHeader(Map.of("alg", "RS256", "kid", Map.of("a", kid), "typ", "JWT")));
            refused(withHeader(Map.of("alg", "RS256", "typ", "JWT")));
            refused(withHeader(Map.of("alg", 1, "kid", kid, "typ", "JWT")));
            refused(withHeader(Map.of("alg", "RS256", "kid", kid)));
            Map<String, Object> nothing = new LinkedHashMap<>();
            nothing.put("alg", "RS256");
            nothing.put("kid", null);
            nothing.put("typ", "JWT");
            refused(withHeader(nothing));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../../../../dev/null",
                    "' or '1'='1",
                    "x'; drop table signing_key; --",
                    "\u0000",
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    ""
                })
        void refusesKeyIdsThatAreNotOurs(String foreign) {
            refused(withHeader(Map.of("alg", "RS256", "kid", foreign, "typ", "JWT")));
        }

        @Test
        void refusesAMemberNamedTwice() throws Exception {
            String json = "{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(es256Kid());
            refused(signed(json, "{\"sub\":\"a\"}"));
        }

        @Test
        void refusesAHeaderWithSomethingAfterIt() throws Exception {
            String json = "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(es256Kid());
            assertThat(keys.verify(signed(json, "{\"sub\":\"a\"}"))).isPresent();
            refused(signed(json + "{}", "{\"sub\":\"a\"}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "[]", "\"a\"", "1", "{\"a\":1,\"a\":2}", "{\"a\":1}x", "{", "\u0000"})
        void refusesAPayloadThatIsNotOneObject(String payload) throws Exception {
            String json = "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(es256Kid());
            refused(signed(json, payload));
        }

        @Test
        void refusesBlankEcdsaSignatures() {
            String token = keys.sign(SigningAlgorithm.ES256, "JWT", Map.of("sub", "a"));
            String input = token.substring(0, token.lastIndexOf('.'));
            for (int length : new int[] {1, 32, 63, 64, 65, 70, 72, 128}) {
                refused(input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[length]));
            }
        }

        private String withHeader(Map<String, Object> header) {
            return encode(header) + signed.substring(signed.indexOf('.'));
        }

        private String es256Kid() {
            return header(keys.sign(SigningAlgorithm.ES256, "JWT", Map.of()))
                    .get("kid")
                    .toString();
        }

        private String signedByOurKey(Map<String, Object> header) {
            Map<String, Object> complete = new LinkedHashMap<>(header);
            complete.put("kid", es256Kid());
            return signed(new String(JwtJson.write(complete), StandardCharsets.UTF_8), "{\"sub\":\"a\"}");
        }

        private String signed(String header, String payload) {
            String input = encode(header) + "." + encode(payload);
            return input + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(world.signature(es256Kid(), input.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Nested
    class Publishing {

        @Test
        void showsPublicHalvesOnlyWithKidAlgAndUse() throws Exception {
            JWKSet set = published();

            assertThat(set.getKeys()).hasSize(4);
            assertThat(set.containsNonPublicKeys()).isFalse();
            for (JWK jwk : set.getKeys()) {
                assertThat(jwk.getKeyID()).isEqualTo(jwk.computeThumbprint().toString());
                assertThat(jwk.getKeyUse().identifier()).isEqualTo("sig");
                assertThat(jwk.getAlgorithm().getName()).isIn("RS256", "PS256", "ES256", "EdDSA");
            }
            assertThat(set.getKeys().getFirst().getAlgorithm().getName()).isEqualTo("RS256");
        }

        @Test
        void theTagChangesWithTheKeys() {
            SigningKeys fresh = TestKeys.create().keys();
            String before = fresh.published().etag();

            assertThat(before)
                    .matches("\"[A-Za-z0-9_-]{22}\"")
                    .isEqualTo(fresh.published().etag());
            fresh.ensure(SigningAlgorithm.EDDSA);
            assertThat(fresh.published().etag()).isNotEqualTo(before);
            assertThat(fresh.published().maxAge()).isEqualTo(Duration.ofMinutes(10));
        }

        @Test
        void keepsThePrivateHalvesSealed() {
            for (SigningKey row : world.rows()) {
                String stored = new String(row.sealedPrivate(), StandardCharsets.ISO_8859_1);
                assertThat(stored).doesNotContain("\"d\"").doesNotContain("kty");
                assertThat(row.publicJwk()).doesNotContain("\"d\"");
            }
        }
    }

    private static void refused(String token) {
        assertThat(keys.verify(token))
                .as(() -> token.substring(0, Math.min(300, token.length())))
                .isEmpty();
    }

    private static Map<String, Object> header(String token) {
        return JwtJson.read(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))))
                .orElseThrow();
    }

    private static String encode(Map<String, Object> members) {
        return encode(new String(JwtJson.write(members), StandardCharsets.UTF_8));
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
