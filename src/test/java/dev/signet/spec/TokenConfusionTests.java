package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Forged JWTs, shown wherever one is taken: UserInfo, introspection, revocation, {@code id_token_hint}. */
class TokenConfusionTests {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);
    private final Http.Answer tokens = shop.tokens();
    private final String accessToken = tokens.text("access_token");

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
    void withoutASignature(String algorithm) throws Exception {
        for (String genuine : new String[] {accessToken, tokens.text("id_token")}) {
            Map<String, Object> header = header(genuine);
            header.put("alg", algorithm);
            String head = encoded(header) + "." + genuine.split("\\.")[1] + ".";
            assertRefused(head);
            assertRefused(head + genuine.split("\\.")[2]);
        }
    }

    @Test
    void withoutASignatureUnderAGenuineHeader() {
        assertRefused(accessToken.substring(0, accessToken.lastIndexOf('.') + 1));
        assertRefused(accessToken.substring(0, accessToken.lastIndexOf('.')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void signedByHmacWithThePublicKey(String algorithm) throws Exception {
        for (JWK key : publishedKeys()) {
            List<byte[]> secrets = new ArrayList<>(List.of(
                    key.toJSONString().getBytes(StandardCharsets.UTF_8),
                    Http.get(server.url("/oauth2/jwks")).body().getBytes(StandardCharsets.UTF_8)));
            if (key instanceof com.nimbusds.jose.jwk.AsymmetricJWK pair) {
                byte[] der = pair.toPublicKey().getEncoded();
                secrets.add(der);
                secrets.add(("-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                                + "\n-----END PUBLIC KEY-----\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            for (byte[] secret : secrets) {
                JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build();
                assertRefused(signed(header, new MACSigner(secret)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../../../../dev/null",
                "' or '1'='1",
                "x' union select 'AAAA' --",
                "/dev/null",
                "\0",
                "no-such-key",
                "http://127.0.0.1:1/jwks",
                "${jndi:ldap://127.0.0.1:1/a}"
            })
    void namingAKeyThatIsNone(String kid) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
        assertRefused(signed(header, new ECDSASigner(ourOwnKey())));
        JWSHeader hmac = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
        assertRefused(signed(hmac, new MACSigner(new byte[64])));
    }

    @Test
    void bringingTheirOwnKey() throws Exception {
        ECKey own = ourOwnKey();
        URI elsewhere = URI.create(server.issuer() + "/oauth2/jwks");
        for (JWK genuine : publishedKeys()) {
            assertRefused(signed(named(genuine).jwk(own.toPublicJWK()).build(), new ECDSASigner(own)));
            assertRefused(signed(named(genuine).jwkURL(elsewhere).build(), new ECDSASigner(own)));
            assertRefused(signed(named(genuine).x509CertURL(elsewhere).build(), new ECDSASigner(own)));
            assertRefused(signed(named(genuine).build(), new ECDSASigner(own)));
        }
    }

    @Test
    void withAHeaderThatSaysMoreThanOurs() throws Exception {
        for (Map.Entry<String, Object> more : Map.<String, Object>of(
                        "crit",
                        List.of("exp"),
                        "zip",
                        "DEF",
                        "b64",
                        false,
                        "jku",
                        "https://evil.example",
                        "p2c",
                        1_000_000_000)
                .entrySet()) {
            Map<String, Object> header = header(accessToken);
            header.put(more.getKey(), more.getValue());
            assertRefused(encoded(header) + accessToken.substring(accessToken.indexOf('.')));
        }
    }

    @Test
    void withASignatureOfZeros() {
        String unsigned = accessToken.substring(0, accessToken.lastIndexOf('.') + 1);

        assertRefused(unsigned + BASE64.encodeToString(new byte[64])); // CVE-2022-21449
        assertRefused(unsigned + BASE64.encodeToString(new byte[] {0x30, 0x06, 2, 1, 0, 2, 1, 0}));
    }

    @Test
    void withOtherClaimsUnderAGenuineSignature() throws Exception {
        String[] parts = accessToken.split("\\.");
        Map<String, Object> claims = claims(accessToken);
        claims.put("scope", "openid profile email phone address");
        assertRefused(parts[0] + "." + encoded(claims) + "." + parts[2]);
    }

    @Test
    void cutOffPaddedOrWritten() {
        String[] parts = accessToken.split("\\.");
        for (String altered : new String[] {
            accessToken.substring(0, accessToken.length() - 1),
            accessToken + "A",
            accessToken + "=",
            accessToken + "==",
            accessToken + ".",
            "." + accessToken,
            accessToken + "." + parts[2],
            parts[0] + "." + parts[1],
            parts[0],
            parts[0] + "=." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "=." + parts[2],
            accessToken + "\n",
            accessToken + "%20",
            accessToken.replace('_', '/').replace('-', '+') + "/",
            parts[0] + "\t." + parts[1] + "." + parts[2],
            accessToken + "\u0000",
            "..",
            "...",
            accessToken + accessToken
        }) {
            assertRefused(altered);
        }
    }

    @Test
    void withWhitespaceAround() {
        for (String altered :
                new String[] {" " + accessToken, accessToken + " ", accessToken + "\t", "\n" + accessToken}) {
            assertThat(Http.post(server.url("/userinfo"), Map.of("access_token", altered), Map.of())
                            .status())
                    .isEqualTo(401);
            assertThat(shop.introspect(altered).json().path("active").asBoolean())
                    .isFalse();
        }
    }

    @Test
    void withTheLastCharactersUnusedBitsSet() {
        // The last of the 86 characters of an ES256 signature carries 4 bits too many: it must be written in one way
        // alone.
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = accessToken.charAt(accessToken.length() - 1);
        for (int bits = 1; bits < 4; bits++) {
            char other = alphabet.charAt(alphabet.indexOf(last) ^ bits);
            assertRefused(accessToken.substring(0, accessToken.length() - 1) + other);
        }
    }

    @Test
    void encryptedOrInJson() {
        assertRefused("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA");
        assertRefused("eyJhbGciOiJQQkVTMi1IUzI1NitBMTI4S1ciLCJwMmMiOjIxNDc0ODM2NDcsImVuYyI6IkExMjhHQ00ifQ.AA.AA.AA.AA");
        String[] parts = accessToken.split("\\.");
        assertRefused("{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                + "\"}");
    }

    @Test
    void theGenuineTokensAreStillTaken() {
        assertThat(shop.userInfo(accessToken).status()).isEqualTo(200);
    }

    private void assertRefused(String forged) {
        boolean forHeader = forged.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        Http.Answer userInfo = forHeader
                ? shop.userInfo(forged)
                : Http.post(server.url("/userinfo"), Map.of("access_token", forged), Map.of());
        assertThat(userInfo.status()).as(forged).isIn(400, 401);
        Refusal.assertNothingOfTheInside(userInfo);
        Http.Answer introspected = shop.introspect(forged);
        assertThat(introspected.body()).as(forged).doesNotContain("\"active\":true");
        assertThat(introspected.status()).isIn(200, 400);
        Http.Answer revoked = shop.revoke(forged);
        assertThat(revoked.status()).isIn(200, 400);
        Http.Answer hinted = Http.get(shop.address(shop.request(Map.of("prompt", "none", "id_token_hint", forged))));
        assertThat(hinted.locationParameters()).containsEntry("error", "invalid_request");
    }

    private List<JWK> publishedKeys() throws ParseException {
        return JWKSet.parse(Http.get(server.url("/oauth2/jwks")).body()).getKeys();
    }

    private static ECKey ourOwnKey() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID("own").generate();
    }

    private static JWSHeader.Builder named(JWK key) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID());
    }

    private String signed(JWSHeader header, JWSSigner signer) throws JOSEException, ParseException {
        SignedJWT jwt = new SignedJWT(header, JWTClaimsSet.parse(claims(accessToken)));
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static Map<String, Object> header(String jwt) {
        return json(jwt.split("\\.")[0]);
    }

    private static Map<String, Object> claims(String jwt) {
        return json(jwt.split("\\.")[1]);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String part) {
        return new LinkedHashMap<>(
                JsonMapper.shared().readValue(Base64.getUrlDecoder().decode(part), Map.class));
    }

    private static String encoded(Map<String, Object> json) {
        return BASE64.encodeToString(JsonMapper.shared().writeValueAsBytes(json));
    }
}
