package dev.signet.verifier;

import static dev.signet.verifier.Outcomes.refused;
import static dev.signet.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopTests {

    private static final URI ORDERS = URI.create("https://api.example/orders");

    private static TestIssuer issuer;
    private static TokenVerifier verifier;
    private static TestKey clientKey;
    private static String token;

    @BeforeAll
    static void start() throws InterruptedException {
        issuer = new TestIssuer();
        verifier = TokenVerifier.forIssuer(issuer.issuer())
                .audience(TestIssuer.AUDIENCE)
                .clock(issuer.clock)
                .build();
        assertThat(verifier.awaitReady(Duration.ofSeconds(10))).isTrue();
        clientKey = TestKey.of("client", "ES256");
        token = bound(clientKey);
    }

    @AfterAll
    static void stop() {
        verifier.close();
        issuer.close();
    }

    private static String bound(TestKey key) {
        return issuer.token(Map.of("cnf", Map.of("jkt", key.thumbprint())));
    }

    private static String proof(TestKey key, Map<String, Object> header, Map<String, Object> changes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", "GET");
        claims.put("htu", ORDERS.toString());
        claims.put("iat", issuer.clock.instant().getEpochSecond());
        claims.put("ath", Sha256.base64Url(Sha256.of(token)));
        claims.putAll(changes);
        claims.values().removeIf(value -> value.equals(""));
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("typ", "dpop+jwt");
        full.put("kid", "");
        full.put("jwk", key.publicJwk());
        full.putAll(header);
        return key.sign(full, claims);
    }

    private static Verification verify(String proof) {
        return verifier.verify(ApiRequest.dpop(token, proof, "GET", ORDERS));
    }

    private static Verification verify(Map<String, Object> changes) {
        return verify(proof(clientKey, Map.of(), changes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
    void acceptsAProofByEachAlgorithm(String algorithm) {
        TestKey key = TestKey.of("c", algorithm);
        String boundToken = bound(key);
        String hash = Sha256.base64Url(Sha256.of(boundToken));

        verified(verifier.verify(
                ApiRequest.dpop(boundToken, proof(key, Map.of(), Map.of("ath", hash)), "GET", ORDERS), "orders:read"));
    }

    @Test
    void acceptsTheUrlInAnotherSpellingAndWithoutItsQuery() {
        String proof = proof(clientKey, Map.of(), Map.of("htu", "HTTPS://API.example:443/a/../%6Frders"));

        verified(verifier.verify(
                ApiRequest.dpop(token, proof, "GET", URI.create("https://api.example/orders?page=2#top"))));
    }

    @Test
    void aStolenTokenAloneIsWorthNothing() {
        refused(verifier.verify(token), RefusalReason.DPOP_PROOF_MISSING);
        refused(
                verifier.verify(new ApiRequest(List.of("DPoP " + token), List.of(), "GET", ORDERS, null, "")),
                RefusalReason.DPOP_PROOF_MISSING);
        TestKey thief = TestKey.of("thief", "ES256");
        refused(verify(proof(thief, Map.of(), Map.of())), RefusalReason.DPOP_KEY_WRONG);
        // with the owner's key in the header but the thief's signature
        refused(
                verify(proof(thief, Map.of("jwk", clientKey.publicJwk()), Map.of())),
                RefusalReason.DPOP_SIGNATURE_WRONG);
    }

    @Test
    void aProofIsGoodOnce() {
        String proof = proof(clientKey, Map.of(), Map.of());

        verified(verify(proof));
        refused(verify(proof), RefusalReason.DPOP_REPLAYED);
    }

    @Test
    void ofParallelUsesOfAProofOneSucceeds() throws Exception {
        String proof = proof(clientKey, Map.of(), Map.of());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Verification>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(() -> verify(proof));
            }
            int accepted = 0;
            for (Future<Verification> outcome : threads.invokeAll(calls)) {
                accepted += outcome.get() instanceof Verification.Verified ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }
    }

    @Test
    void refusesAProofForSomethingElse() {
        refused(verify(Map.of("htm", "POST")), RefusalReason.DPOP_METHOD_WRONG);
        refused(verify(Map.of("htu", "https://api.example/orders/7")), RefusalReason.DPOP_URL_WRONG);
        refused(verify(Map.of("htu", "https://evil.example/orders")), RefusalReason.DPOP_URL_WRONG);
        refused(verify(Map.of("htu", "http://api.example/orders")), RefusalReason.DPOP_URL_WRONG);
        refused(verify(Map.of("ath", Sha256.base64Url(Sha256.of("other")))), RefusalReason.DPOP_TOKEN_WRONG);
        long now = issuer.clock.instant().getEpochSecond();
        refused(verify(Map.of("iat", now - 120)), RefusalReason.DPOP_TIME_WRONG);
        refused(verify(Map.of("iat", now + 60)), RefusalReason.DPOP_TIME_WRONG);
    }

    @Test
    void refusesWhatIsNoProof() {
        refused(verify("nonsense"), RefusalReason.DPOP_PROOF_MALFORMED);
        refused(verify(token), RefusalReason.DPOP_PROOF_MALFORMED);
        refused(verify(proof(clientKey, Map.of("typ", "JWT"), Map.of())), RefusalReason.DPOP_PROOF_MALFORMED);
        refused(verify(proof(clientKey, Map.of("jwk", ""), Map.of())), RefusalReason.DPOP_PROOF_MALFORMED);
        refused(
                verify(proof(clientKey, Map.of("jwk", Map.of("kty", "EC")), Map.of())),
                RefusalReason.DPOP_PROOF_MALFORMED);
        refused(
                verify(proof(clientKey, Map.of("jku", "https://evil.example"), Map.of())),
                RefusalReason.DPOP_PROOF_MALFORMED);
        for (String needed : List.of("jti", "htm", "htu", "iat", "ath")) {
            refused(verify(Map.of(needed, "")), RefusalReason.DPOP_PROOF_MALFORMED);
        }
        for (Object key : List.of(
                Map.of("kty", "RSA", "n", "", "e", ""),
                Map.of("kty", "EC", "crv", "P-256", "x", "AA", "y", "AA"),
                Map.of("kty", "OKP", "crv", "Ed25519", "x", "AA"),
                Map.of("kty", 7),
                "text")) {
            assertThat(verify(proof(clientKey, Map.of("jwk", key), Map.of())))
                    .isInstanceOfSatisfying(
                            Verification.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .isIn(
                                            RefusalReason.DPOP_PROOF_MALFORMED,
                                            RefusalReason.DPOP_KEY_NOT_ACCEPTED,
                                            RefusalReason.DPOP_KEY_WRONG));
        }
        refused(verify(Map.of("htu", "orders")), RefusalReason.DPOP_PROOF_MALFORMED);
        refused(verify(Map.of("jti", "x".repeat(600))), RefusalReason.DPOP_PROOF_MALFORMED);
    }

    @Test
    void refusesKeysAndAlgorithmsThatProveNothing() {
        refused(
                verify(proof(clientKey, Map.of("jwk", clientKey.privateJwk()), Map.of())),
                RefusalReason.DPOP_KEY_NOT_ACCEPTED);
        refused(verify(proof(clientKey, Map.of("alg", "none"), Map.of())), RefusalReason.DPOP_KEY_NOT_ACCEPTED);
        refused(verify(proof(clientKey, Map.of("alg", "HS256"), Map.of())), RefusalReason.DPOP_KEY_NOT_ACCEPTED);
        refused(verify(proof(clientKey, Map.of("alg", "RS256"), Map.of())), RefusalReason.DPOP_KEY_NOT_ACCEPTED);
        refused(
                verify(proof(clientKey, Map.of("jwk", Map.of("kty", "oct", "k", "AAAA")), Map.of())),
                RefusalReason.DPOP_KEY_NOT_ACCEPTED);
    }

    @Test
    void refusesSeveralProofs() {
        String one = proof(clientKey, Map.of(), Map.of());
        String two = proof(clientKey, Map.of(), Map.of());

        refused(
                verifier.verify(new ApiRequest(List.of("DPoP " + token), List.of(one, two), "GET", ORDERS, null, "")),
                RefusalReason.DPOP_PROOF_REPEATED);
    }

    @Test
    void refusesAProofWithATokenThatIsBoundToNothing() {
        String unbound = issuer.token();

        refused(
                verifier.verify(ApiRequest.dpop(unbound, proof(clientKey, Map.of(), Map.of()), "GET", ORDERS)),
                RefusalReason.DPOP_TOKEN_NOT_BOUND);
    }

    @Test
    void refusesToGuessItsOwnUrl() {
        refused(
                verifier.verify(new ApiRequest(
                        List.of("DPoP " + token),
                        List.of(proof(clientKey, Map.of(), Map.of())),
                        "GET",
                        null,
                        null,
                        "")),
                RefusalReason.DPOP_URL_WRONG);
    }

    @Test
    void acceptsOnlyBoundTokensWhereToldTo() throws InterruptedException {
        try (TokenVerifier strict = TokenVerifier.forIssuer(issuer.issuer())
                .audience(TestIssuer.AUDIENCE)
                .requireDpop()
                .build()) {
            assertThat(strict.awaitReady(Duration.ofSeconds(10))).isTrue();

            Verification verification = strict.verify(issuer.token());

            refused(verification, RefusalReason.DPOP_REQUIRED);
            assertThat(((Verification.Refused) verification).challenges())
                    .singleElement()
                    .asString()
                    .startsWith("DPoP error=\"invalid_token\"");
            verified(strict.verify(ApiRequest.dpop(token, proof(clientKey, Map.of(), Map.of()), "GET", ORDERS)));
        }
    }

    @Test
    void namesTheSchemeInItsChallenge() {
        Verification.Refused refused = (Verification.Refused) verify(Map.of("htm", "POST"));

        assertThat(refused.challenges())
                .containsExactly(
                        "Bearer",
                        "DPoP error=\"invalid_dpop_proof\", "
                                + "error_description=\"The DPoP proof is for another method\", "
                                + "algs=\"ES256 RS256 PS256 EdDSA\"");
    }

    @Test
    void readsClaimsOfAProofStrictly() {
        refused(
                verify(clientKey.sign(
                        JSONObjectUtils.toJSONString(
                                Map.of("alg", "ES256", "typ", "dpop+jwt", "jwk", clientKey.publicJwk())),
                        "[]")),
                RefusalReason.DPOP_PROOF_MALFORMED);
    }
}
