package dev.signet.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.verifier.Verification.Refused;
import dev.signet.verifier.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenTokensTests {

    private static TestIssuer issuer;
    private static TokenVerifier verifier;

    @BeforeAll
    static void start() throws InterruptedException {
        issuer = new TestIssuer();
        issuer.keys.put("rs", TestKey.of("rs", "RS256"));
        issuer.keys.put("ps", TestKey.of("ps", "PS256"));
        issuer.keys.put("ed", TestKey.of("ed", "EdDSA"));
        issuer.bits = 2;
        verifier = TokenVerifier.forIssuer(issuer.issuer())
                .audience(TestIssuer.AUDIENCE)
                .clock(issuer.clock)
                .build();
        assertThat(verifier.awaitReady(Duration.ofSeconds(10))).isTrue();
    }

    @AfterAll
    static void stop() {
        verifier.close();
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "rs", "ps", "ed"})
    void acceptsEachAlgorithm(String kid) {
        Verification verification = verifier.verify(issuer.token(kid, Map.of(), Map.of()), "orders:read");

        assertThat(verification).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.statusConfirmed()).isTrue();
            assertThat(verified.claims().subject()).isEqualTo("ann");
            assertThat(verified.claims().clientId()).isEqualTo("shop");
            assertThat(verified.claims().scopes()).containsExactly("orders:read", "orders:write");
            assertThat(verified.claims().audience()).containsExactly(TestIssuer.AUDIENCE);
        });
    }

    @Test
    void acceptsTheTypeWithItsPrefixAndAnyCase() {
        assertThat(verifier.verify(issuer.token("es", Map.of("typ", "Application/AT+JWT"), Map.of())))
                .isInstanceOf(Verified.class);
    }

    @Test
    void toleratesClocksThatAreHalfAMinuteApart() {
        long now = issuer.clock.instant().getEpochSecond();

        assertThat(verifier.verify(issuer.token(Map.of("exp", now - 25)))).isInstanceOf(Verified.class);
        assertThat(verifier.verify(issuer.token(Map.of("nbf", now + 25, "iat", now + 25))))
                .isInstanceOf(Verified.class);
    }

    /** One row: what was done to the token, the token, the reason it must be refused for. */
    private record Broken(String what, String token, RefusalReason reason) {}

    private static List<Broken> brokenTokens() {
        long now = issuer.clock.instant().getEpochSecond();
        String good = issuer.token();
        String[] parts = good.split("\\.");
        TestKey es = issuer.key("es");
        issuer.set("1", 4_001, 1);
        issuer.set("1", 4_002, 2);
        issuer.set("1", 4_003, 3);
        awaitRevocation(issuer.token(Map.of("status", issuer.status("1", 4_001))));
        return List.of(
                new Broken("empty", "", RefusalReason.MALFORMED),
                new Broken("two parts", parts[0] + '.' + parts[1], RefusalReason.MALFORMED),
                new Broken("header is no JSON", "AAAA." + parts[1] + '.' + parts[2], RefusalReason.MALFORMED),
                new Broken(
                        "header is an array", encoded("[]") + '.' + parts[1] + '.' + parts[2], RefusalReason.MALFORMED),
                new Broken("no algorithm", es.sign(Map.of("alg", ""), issuer.claims()), RefusalReason.MALFORMED),
                new Broken(
                        "claims are no JSON",
                        es.sign("{\"alg\":\"ES256\",\"kid\":\"es\",\"typ\":\"at+jwt\"}", "x"),
                        RefusalReason.MALFORMED),
                new Broken(
                        "a claim twice",
                        es.sign(
                                "{\"alg\":\"ES256\",\"kid\":\"es\",\"typ\":\"at+jwt\"}",
                                "{\"sub\":\"a\",\"sub\":\"b\"}"),
                        RefusalReason.MALFORMED),
                new Broken(
                        "nested without end",
                        TestKey.encode("[".repeat(9_000).getBytes(StandardCharsets.UTF_8))
                                + '.'
                                + parts[1]
                                + '.'
                                + parts[2],
                        RefusalReason.MALFORMED),
                new Broken(
                        "expiry before all time",
                        issuer.token(Map.of("exp", Long.MIN_VALUE)),
                        RefusalReason.CLAIM_MALFORMED),
                new Broken("encrypted", "a.b.c.d.e", RefusalReason.ENCRYPTED),
                new Broken("opaque", "sgn_at_AAAA", RefusalReason.OPAQUE),
                new Broken("padded", good + "==", RefusalReason.NOT_CANONICAL),
                new Broken("plain base64", good.replace(parts[0], parts[0] + "+/"), RefusalReason.NOT_CANONICAL),
                new Broken("stray bits", strayBits(good), RefusalReason.NOT_CANONICAL),
                new Broken("blank before", ' ' + good, RefusalReason.WHITESPACE),
                new Broken("line break after", good + '\n', RefusalReason.WHITESPACE),
                new Broken("tab within", good.replaceFirst("\\.", ".\t"), RefusalReason.WHITESPACE),
                new Broken("huge", issuer.token(Map.of("filler", "x".repeat(16_384))), RefusalReason.TOO_LARGE),
                new Broken(
                        "none",
                        encoded("{\"alg\":\"none\",\"kid\":\"es\"}") + '.' + parts[1] + '.',
                        RefusalReason.ALGORITHM_NONE),
                new Broken(
                        "NoNe",
                        encoded("{\"alg\":\"NoNe\"}") + '.' + parts[1] + '.' + parts[2],
                        RefusalReason.ALGORITHM_NONE),
                new Broken("HMAC by the public key", hmacByPublicKey(), RefusalReason.ALGORITHM_SYMMETRIC),
                new Broken(
                        "ES384",
                        es.sign(Map.of("alg", "ES384", "typ", "at+jwt"), issuer.claims()),
                        RefusalReason.ALGORITHM_NOT_ACCEPTED),
                new Broken("RS1", es.sign(Map.of("alg", "RS1"), issuer.claims()), RefusalReason.ALGORITHM_NOT_ACCEPTED),
                new Broken(
                        "PS256 by a key for RS256",
                        issuer.token("rs", Map.of("alg", "PS256"), Map.of()),
                        RefusalReason.ALGORITHM_NOT_OF_KEY),
                new Broken(
                        "RS256 by an EC key",
                        issuer.token("es", Map.of("alg", "RS256"), Map.of()),
                        RefusalReason.ALGORITHM_NOT_OF_KEY),
                new Broken("no key id", issuer.token("es", Map.of("kid", ""), Map.of()), RefusalReason.KEY_ID_MISSING),
                new Broken(
                        "key id is a path",
                        issuer.token("es", Map.of("kid", "../../es"), Map.of()),
                        RefusalReason.KEY_UNKNOWN),
                new Broken(
                        "key id is SQL",
                        issuer.token("es", Map.of("kid", "' OR 1=1 --"), Map.of()),
                        RefusalReason.KEY_UNKNOWN),
                new Broken(
                        "jku",
                        issuer.token("es", Map.of("jku", "https://evil.example/jwks"), Map.of()),
                        RefusalReason.HEADER_NOT_ALLOWED),
                new Broken(
                        "x5u",
                        issuer.token("es", Map.of("x5u", "https://evil.example/x"), Map.of()),
                        RefusalReason.HEADER_NOT_ALLOWED),
                new Broken(
                        "x5c",
                        issuer.token("es", Map.of("x5c", List.of("AAAA")), Map.of()),
                        RefusalReason.HEADER_NOT_ALLOWED),
                new Broken("own key in the header", ownKey(), RefusalReason.HEADER_NOT_ALLOWED),
                new Broken(
                        "crit",
                        issuer.token("es", Map.of("crit", List.of("x"), "x", 1), Map.of()),
                        RefusalReason.HEADER_NOT_ALLOWED),
                new Broken("zip", issuer.token("es", Map.of("zip", "DEF"), Map.of()), RefusalReason.HEADER_NOT_ALLOWED),
                new Broken(
                        "signature of another token",
                        parts[0] + '.' + parts[1] + '.' + issuer.token().split("\\.")[2],
                        RefusalReason.SIGNATURE_WRONG),
                new Broken("no signature", parts[0] + '.' + parts[1] + '.', RefusalReason.SIGNATURE_WRONG),
                new Broken(
                        "signature of zeros",
                        parts[0] + '.' + parts[1] + '.' + TestKey.encode(new byte[64]),
                        RefusalReason.SIGNATURE_WRONG),
                new Broken(
                        "claims changed",
                        parts[0] + '.' + encoded(JSONObjectUtils.toJSONString(issuer.claims())) + '.' + parts[2],
                        RefusalReason.SIGNATURE_WRONG),
                new Broken(
                        "another key of this id",
                        TestKey.of("es", "ES256").sign(Map.of("typ", "at+jwt"), issuer.claims()),
                        RefusalReason.SIGNATURE_WRONG),
                new Broken(
                        "Ed25519, damaged",
                        damaged(issuer.token("ed", Map.of(), Map.of())),
                        RefusalReason.SIGNATURE_WRONG),
                new Broken(
                        "Ed25519, cut",
                        issuer.token("ed", Map.of(), Map.of()).replaceFirst("\\.[^.]*$", ".AAAA"),
                        RefusalReason.SIGNATURE_WRONG),
                new Broken(
                        "ID token",
                        issuer.token("es", Map.of("typ", "JWT"), Map.of("nonce", "n")),
                        RefusalReason.TYPE_WRONG),
                new Broken(
                        "status list as token", issuer.signedList("1", Map.of(), Map.of()), RefusalReason.TYPE_WRONG),
                new Broken("no type", issuer.token("es", Map.of("typ", ""), Map.of()), RefusalReason.TYPE_WRONG),
                new Broken(
                        "issuer with a slash",
                        issuer.token(Map.of("iss", issuer.issuer() + '/')),
                        RefusalReason.ISSUER_WRONG),
                new Broken(
                        "for another API",
                        issuer.token(Map.of("aud", "https://other.example")),
                        RefusalReason.AUDIENCE_WRONG),
                new Broken(
                        "for several others",
                        issuer.token(Map.of("aud", List.of("https://a.example", "https://b.example"))),
                        RefusalReason.AUDIENCE_WRONG),
                new Broken("expired", issuer.token(Map.of("exp", now - 31)), RefusalReason.EXPIRED),
                new Broken("not yet valid", issuer.token(Map.of("nbf", now + 40)), RefusalReason.NOT_YET_VALID),
                new Broken(
                        "issued tomorrow",
                        issuer.token(Map.of("iat", now + 86_400)),
                        RefusalReason.ISSUED_IN_THE_FUTURE),
                new Broken("no expiry", issuer.token(Map.of("exp", "")), RefusalReason.CLAIM_MISSING),
                new Broken("no subject", issuer.token(Map.of("sub", "")), RefusalReason.CLAIM_MISSING),
                new Broken("no client", issuer.token(Map.of("client_id", "")), RefusalReason.CLAIM_MISSING),
                new Broken("expiry in words", issuer.token(Map.of("exp", "tomorrow")), RefusalReason.CLAIM_MALFORMED),
                new Broken(
                        "expiry out of all bounds",
                        issuer.token(Map.of("exp", Long.MAX_VALUE)),
                        RefusalReason.CLAIM_MALFORMED),
                new Broken(
                        "scope as a list",
                        issuer.token(Map.of("scope", List.of("orders:read"))),
                        RefusalReason.CLAIM_MALFORMED),
                new Broken(
                        "status without index",
                        issuer.token(Map.of("status", Map.of("status_list", Map.of("uri", "x")))),
                        RefusalReason.CLAIM_MALFORMED),
                new Broken(
                        "scope missing",
                        issuer.token(Map.of("scope", "orders:write orders:reads")),
                        RefusalReason.SCOPE_INSUFFICIENT),
                new Broken("revoked", issuer.token(Map.of("status", issuer.status("1", 4_001))), RefusalReason.REVOKED),
                new Broken(
                        "suspended",
                        issuer.token(Map.of("status", issuer.status("1", 4_002))),
                        RefusalReason.SUSPENDED),
                new Broken(
                        "status 3",
                        issuer.token(Map.of("status", issuer.status("1", 4_003))),
                        RefusalReason.STATUS_UNKNOWN),
                new Broken(
                        "index beyond the list",
                        issuer.token(Map.of("status", issuer.status("1", 9_999_999))),
                        RefusalReason.STATUS_UNKNOWN),
                new Broken(
                        "list of a stranger",
                        issuer.token(Map.of(
                                "status", Map.of("status_list", Map.of("idx", 1, "uri", "https://evil.example/1")))),
                        RefusalReason.STATUS_UNKNOWN),
                new Broken(
                        "list that does not exist",
                        issuer.token(Map.of("status", issuer.status("none", 1))),
                        RefusalReason.STATUS_UNAVAILABLE),
                new Broken(
                        "bound to a key, shown as bearer",
                        issuer.token(Map.of("cnf", Map.of("jkt", "abc"))),
                        RefusalReason.DPOP_PROOF_MISSING),
                new Broken(
                        "bound to a certificate",
                        issuer.token(Map.of("cnf", Map.of("x5t#S256", "abc"))),
                        RefusalReason.CERTIFICATE_WRONG),
                new Broken(
                        "bound otherwise",
                        issuer.token(Map.of("cnf", Map.of("kid", "abc"))),
                        RefusalReason.BINDING_UNKNOWN));
    }

    @TestFactory
    Stream<DynamicTest> refusesEachForItsOwnReason() {
        return brokenTokens().stream()
                .map(broken -> DynamicTest.dynamicTest(broken.what(), () -> {
                    Verification verification = verifier.verify(broken.token(), "orders:read");

                    assertThat(verification).isInstanceOfSatisfying(Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(broken.reason());
                        assertThat(refused.detail())
                                .doesNotContain(broken.token().isEmpty() ? "?" : broken.token());
                    });
                }));
    }

    @Test
    void theTableNamesMoreThanTwentyReasons() {
        Set<RefusalReason> reasons = EnumSet.noneOf(RefusalReason.class);
        brokenTokens().forEach(broken -> reasons.add(broken.reason()));

        assertThat(reasons).hasSizeGreaterThan(25);
    }

    @Test
    void refusesAnIdTokenEvenWhereThePlainTypeIsAccepted() throws InterruptedException {
        try (TokenVerifier lenient = TokenVerifier.forIssuer(issuer.issuer())
                .audience(TestIssuer.AUDIENCE)
                .acceptPlainJwtType()
                .build()) {
            assertThat(lenient.awaitReady(Duration.ofSeconds(10))).isTrue();

            assertThat(lenient.verify(issuer.token("es", Map.of("typ", "JWT"), Map.of())))
                    .isInstanceOf(Verified.class);
            assertThat(lenient.verify(issuer.token("es", Map.of("typ", "JWT"), Map.of("nonce", "n"))))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TYPE_WRONG));
        }
    }

    @Test
    void refusesATokenNamingNoListWhereOneIsRequired() throws InterruptedException {
        try (TokenVerifier strict = TokenVerifier.forIssuer(issuer.issuer())
                .audience(TestIssuer.AUDIENCE)
                .status(StatusPolicy.REQUIRED)
                .build()) {
            assertThat(strict.awaitReady(Duration.ofSeconds(10))).isTrue();

            assertThat(strict.verify(issuer.token(Map.of("status", ""))))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STATUS_MISSING));
        }
    }

    @Test
    void tellsRequestsWithoutATokenFromMalformedOnes() {
        assertThat(reasonFor()).isEqualTo(RefusalReason.NO_TOKEN);
        assertThat(reasonFor("Basic YTpi")).isEqualTo(RefusalReason.NO_TOKEN);
        assertThat(reasonFor("Bearer")).isEqualTo(RefusalReason.REQUEST_MALFORMED);
        assertThat(reasonFor("Bearer a", "Bearer b")).isEqualTo(RefusalReason.REQUEST_MALFORMED);
        assertThat(reasonFor("Bearer  " + issuer.token())).isEqualTo(RefusalReason.WHITESPACE);
        assertThat(reasonFor("bearer " + issuer.token())).isNull();
    }

    @Test
    void writesChallengesAsTheStandardsSay() {
        assertThat(((Refused) verifier.verify(new ApiRequest(List.of(), List.of(), "GET", null, null, "")))
                        .challenges())
                .containsExactly("Bearer", "DPoP algs=\"ES256 RS256 PS256 EdDSA\"");
        assertThat(((Refused) verifier.verify(issuer.token(), "orders:delete", "orders:read"))
                        .challenges()
                        .get(0))
                .isEqualTo("Bearer error=\"insufficient_scope\", error_description=\"The token lacks a scope\", "
                        + "scope=\"orders:delete orders:read\"");
        for (RefusalReason reason : RefusalReason.values()) {
            // RFC 6750 section 3: error_description MUST NOT include characters outside this set.
            assertThat(reason.description()).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
            assertThat(reason.status()).isIn(400, 401, 403, 503);
        }
    }

    private static @Nullable RefusalReason reasonFor(String... authorization) {
        return switch (verifier.verify(new ApiRequest(List.of(authorization), List.of(), "GET", null, null, ""))) {
            case Verified verified -> null;
            case Refused refused -> refused.reason();
        };
    }

    private static void awaitRevocation(String token) {
        for (int i = 0; i < 500; i++) {
            if (verifier.verify(token) instanceof Refused refused && refused.reason() == RefusalReason.REVOKED) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        fail("the revocation was never seen");
    }

    private static String encoded(String json) {
        return TestKey.encode(json.getBytes(StandardCharsets.UTF_8));
    }

    /** 64 bytes leave four unused bits in the last character: four spellings of one signature. */
    private static String strayBits(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
    }

    private static String damaged(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = java.util.Base64.getUrlDecoder().decode(token.substring(dot + 1));
        signature[5] ^= 1;
        return token.substring(0, dot + 1) + TestKey.encode(signature);
    }

    /** The classic: the public key, which everybody has, taken for an HMAC secret. */
    private static String hmacByPublicKey() {
        try {
            byte[] secret = issuer.key("rs").rsa().toRSAPublicKey().getEncoded();
            String input = encoded("{\"alg\":\"HS256\",\"kid\":\"rs\",\"typ\":\"at+jwt\"}")
                    + '.'
                    + encoded(JSONObjectUtils.toJSONString(issuer.claims()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + '.' + TestKey.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException | com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ownKey() {
        TestKey evil = TestKey.of("es", "ES256");
        return evil.sign(Map.of("typ", "at+jwt", "jwk", evil.publicJwk()), issuer.claims());
    }
}
