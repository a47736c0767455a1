package dev.signet.verifier.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.verifier.TestIssuer;
import dev.signet.verifier.TestKey;
import dev.signet.verifier.TokenVerifier;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResourceServerTests {

    private static TestIssuer issuer;
    private static OrdersApp app;

    @BeforeAll
    static void start() throws InterruptedException {
        issuer = new TestIssuer();
        app = OrdersApp.start(issuer, OrdersApp.OwnRules.class);
        assertThat(app.bean(TokenVerifier.class).awaitReady(Duration.ofSeconds(20)))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        app.close();
        issuer.close();
    }

    private static List<String> challenges(HttpResponse<String> response) {
        return response.headers().allValues("WWW-Authenticate");
    }

    @Test
    void givesTheControllerAPrincipalWithTheTokensClaims() {
        HttpResponse<String> response = app.get("/orders", "Authorization", "Bearer " + issuer.token());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"subject\":\"ann\"")
                .contains("\"client\":\"shop\"")
                .contains("\"name\":\"ann\"")
                .contains("\"confirmed\":true");
    }

    @Test
    void asksForATokenWithoutNamingAnError() {
        HttpResponse<String> response = app.get("/orders");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenges(response)).containsExactly("Bearer", "DPoP algs=\"ES256 RS256 PS256 EdDSA\"");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAToken() {
        HttpResponse<String> response =
                app.get("/orders", "Authorization", "Bearer " + issuer.token(Map.of("aud", "https://other.example")));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenges(response))
                .contains("Bearer error=\"invalid_token\", "
                        + "error_description=\"The token is meant for another audience\"");
        assertThat(response.body())
                .isEqualTo("{\"status\":401,\"detail\":\"The token is meant for another audience\"}");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void namesTheScopesThatAreMissing() {
        HttpResponse<String> response = app.send("POST", "/orders", "Authorization", "Bearer " + issuer.token());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(challenges(response))
                .contains("Bearer error=\"insufficient_scope\", "
                        + "error_description=\"The token lacks a scope\", scope=\"orders:delete\"");
    }

    @Test
    void letsAnApiBePostedToWithoutAFormToken() {
        HttpResponse<String> response = app.send(
                "POST", "/orders", "Authorization", "Bearer " + issuer.token(Map.of("scope", "orders:delete")));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesTokensInTheAddress() {
        assertThat(app.get("/orders?access_token=" + issuer.token()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesTwoAuthorizationHeaders() {
        HttpResponse<String> response = app.get(
                "/orders", "Authorization", "Bearer " + issuer.token(), "Authorization", "Bearer " + issuer.token());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(challenges(response).get(0)).startsWith("Bearer error=\"invalid_request\"");
    }

    @Test
    void refusesARevokedToken() throws InterruptedException {
        String token = issuer.token();
        assertThat(app.get("/orders", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        issuer.revoke(((dev.signet.verifier.Verification.Verified)
                        app.bean(TokenVerifier.class).verify(token))
                .claims());

        HttpResponse<String> response = app.get("/orders", "Authorization", "Bearer " + token);
        for (int i = 0; i < 500 && response.statusCode() == 200; i++) {
            Thread.sleep(20);
            response = app.get("/orders", "Authorization", "Bearer " + token);
        }

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenges(response).get(0)).contains("The token was revoked");
    }

    @Test
    void acceptsABoundTokenWithItsProofOnce() {
        TestKey key = TestKey.of("client", "ES256");
        String token = issuer.token(Map.of("cnf", Map.of("jkt", key.thumbprint())));
        String proof = proof(key, token, app.url("/orders"));

        assertThat(app.get("/orders", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(app.get("/orders", "Authorization", "DPoP " + token, "DPoP", proof)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> again = app.get("/orders", "Authorization", "DPoP " + token, "DPoP", proof);
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(challenges(again).get(1)).startsWith("DPoP error=\"invalid_dpop_proof\"");
    }

    @Test
    void takesItsBaseUrlForProofsAndNotTheHostHeader() throws InterruptedException {
        try (OrdersApp behindProxy =
                OrdersApp.start(issuer, OrdersApp.OwnRules.class, "--signet.verifier.base-url=https://api.example/")) {
            assertThat(behindProxy.bean(TokenVerifier.class).awaitReady(Duration.ofSeconds(20)))
                    .isTrue();
            TestKey key = TestKey.of("client", "ES256");
            String token = issuer.token(Map.of("cnf", Map.of("jkt", key.thumbprint())));
            String forTheHost = proof(key, token, behindProxy.url("/orders"));
            String forTheApi = proof(key, token, "https://api.example/orders");

            assertThat(behindProxy
                            .get("/orders", "Authorization", "DPoP " + token, "DPoP", forTheHost)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(behindProxy
                            .get("/orders", "Authorization", "DPoP " + token, "DPoP", forTheApi)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void showsItsHealth() {
        assertThat(app.get("/actuator/health").body())
                .contains("signetVerifier")
                .contains("\"keys\":1")
                .contains("\"expiredStatusLists\":0");
    }

    @Test
    void guardsEveryPathOfAnApplicationWithoutRules() throws InterruptedException {
        try (OrdersApp bare = OrdersApp.start(issuer, OrdersApp.Application.class)) {
            assertThat(bare.bean(TokenVerifier.class).awaitReady(Duration.ofSeconds(20)))
                    .isTrue();

            assertThat(bare.get("/orders").statusCode()).isEqualTo(401);
            assertThat(bare.get("/elsewhere").statusCode()).isEqualTo(401);
            assertThat(bare.get("/orders", "Authorization", "Bearer " + issuer.token())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void servesApplicationsWrittenForSpringsOwnResourceServer() throws InterruptedException {
        try (OrdersApp old = OrdersApp.start(issuer, OrdersApp.SpringsOwnStyle.class)) {
            assertThat(old.bean(TokenVerifier.class).awaitReady(Duration.ofSeconds(20)))
                    .isTrue();

            HttpResponse<String> good = old.get("/plain", "Authorization", "Bearer " + issuer.token());
            HttpResponse<String> expired =
                    old.get("/plain", "Authorization", "Bearer " + issuer.token(Map.of("exp", 1_000_000_000)));
            HttpResponse<String> narrow =
                    old.get("/plain", "Authorization", "Bearer " + issuer.token(Map.of("scope", "other")));

            assertThat(good.statusCode()).isEqualTo(200);
            assertThat(good.body()).startsWith("ann until 2");
            assertThat(expired.statusCode()).isEqualTo(401);
            assertThat(challenges(expired).get(0)).contains("invalid_token").contains("The token has expired");
            assertThat(narrow.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void answersLaterWhenItCannotCheck() throws InterruptedException {
        try (TestIssuer away = new TestIssuer();
                OrdersApp alone = OrdersApp.start(away, OrdersApp.OwnRules.class);
                OrdersApp old = OrdersApp.start(away, OrdersApp.SpringsOwnStyle.class)) {
            assertThat(alone.bean(TokenVerifier.class).awaitReady(Duration.ofSeconds(20)))
                    .isTrue();
            assertThat(old.bean(TokenVerifier.class).awaitReady(Duration.ofSeconds(20)))
                    .isTrue();
            String token = away.token(Map.of("exp", away.clock.instant().getEpochSecond() + 3_600));
            away.down();
            away.clock.move(Duration.ofMinutes(11));

            HttpResponse<String> response = alone.get("/orders", "Authorization", "Bearer " + token);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(challenges(response)).isEmpty();
            assertThat(alone.get("/actuator/health").body()).contains("OUT_OF_SERVICE");
            assertThat(old.get("/plain", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(503);
        }
    }

    private static String proof(TestKey key, String token, String url) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes());
            return key.sign(
                    Map.of("typ", "dpop+jwt", "kid", "", "jwk", key.publicJwk()),
                    Map.of(
                            "jti", UUID.randomUUID().toString(),
                            "htm", "GET",
                            "htu", url,
                            "iat", issuer.clock.instant().getEpochSecond(),
                            "ath", TestKey.encode(hash)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
