package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Opaque access tokens (RFC 6749 section 1.4): they say nothing by themselves, and end when what they stand for ends. */
class OpaqueTokenTests {

    private static final String VAULT = "https://vault.example";
    private static final String ORDERS = "https://orders.example";

    private final SignetServer server = SignetServer.shared();
    private final App sealed = new App(
            server, "sealed", "sealed-secret-0123456789abcdef01234567", "https://sealed.example/cb", "openid email");
    private final App keeper = new App(
            server,
            "keeper",
            "keeper-secret-0123456789abcdef01234567",
            "https://keeper.example/cb",
            "openid orders:read vault:read");
    private final App vaultApi = new App(server, "vault-api", "vault-secret-0123456789abcdef012345678", "", "");
    private final App ordersApi = new App(server, "orders-api", "orders-secret-0123456789abcdef01234567", "", "");

    private Http.Answer keeperTokens(String firstResource) {
        String address = keeper.address(keeper.request()) + "&resource=" + Http.encode(VAULT) + "&resource="
                + Http.encode(ORDERS);
        String code = keeper.code(new Browser(server).open(address).signIn("ada", "correct horse battery"));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", keeper.redirectUri());
        form.put("code_verifier", App.VERIFIER);
        form.put("resource", firstResource);
        return keeper.token(form);
    }

    private Http.Answer refresh(Http.Answer tokens, String resource) {
        return keeper.token(Map.of(
                "grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token"), "resource", resource));
    }

    private static boolean active(App asking, String token) {
        return asking.introspect(token).json().path("active").asBoolean();
    }

    @Test
    void itIsAHandleAndSaysNothing() {
        Http.Answer tokens = sealed.tokens();
        assertThat(tokens.text("access_token")).startsWith("sgn_at_").doesNotContain(".");
        assertThat(tokens.text("token_type")).isEqualTo("Bearer");
        assertThat(tokens.json().path("expires_in").asInt()).isEqualTo(900);
    }

    @Test
    void introspectionSaysWhatItStandsFor() throws Exception {
        Http.Answer tokens = keeperTokens(VAULT);
        JsonNode answer = vaultApi.introspect(tokens.text("access_token")).json();
        assertThat(answer.path("active").asBoolean()).isTrue();
        assertThat(answer.path("aud").asString()).isEqualTo(VAULT);
        assertThat(answer.path("scope").asString().split(" ")).containsExactlyInAnyOrder("openid", "vault:read");
        assertThat(answer.path("client_id").asString()).isEqualTo("keeper");
        assertThat(answer.path("iss").asString()).isEqualTo(server.issuer());
        assertThat(answer.path("sub").asString())
                .isEqualTo(keeper.verified(tokens.text("id_token")).getSubject());
        assertThat(answer.path("exp").asLong() - answer.path("iat").asLong()).isEqualTo(120);
        assertThat(answer.path("tenant").asString()).isEqualTo("acme");
        assertThat(answer.has("auth_time")).isTrue();
        assertThat(active(ordersApi, tokens.text("access_token"))).isFalse();
        assertThat(active(App.shop(server), tokens.text("access_token"))).isFalse();
    }

    @Test
    void userInfoTakesIt() throws Exception {
        Http.Answer tokens = sealed.tokens();
        Http.Answer userInfo = sealed.userInfo(tokens.text("access_token"));
        assertThat(userInfo.text("email")).isEqualTo("ada@example.com");
        assertThat(userInfo.text("sub"))
                .isEqualTo(sealed.verified(tokens.text("id_token")).getSubject())
                .isEqualTo(sealed.introspect(tokens.text("access_token")).text("sub"));
    }

    @Test
    void oneFamilyServesApisOfBothKinds() {
        Http.Answer tokens = keeperTokens(VAULT);
        Http.Answer orders = refresh(tokens, ORDERS);
        assertThat(keeper.verified(orders.text("access_token")).getAudience()).containsExactly(ORDERS);
        Http.Answer vault = refresh(orders, VAULT);
        assertThat(vault.text("access_token")).startsWith("sgn_at_");
        Http.Answer again = refresh(orders, VAULT);
        assertThat(again.text("refresh_token")).isEqualTo(vault.text("refresh_token"));

        List<String> all = List.of(
                tokens.text("access_token"),
                orders.text("access_token"),
                vault.text("access_token"),
                again.text("access_token"));
        assertThat(all).allMatch(token -> active(keeper, token));
        assertThat(keeper.revoke(vault.text("refresh_token")).status()).isEqualTo(200);
        assertThat(all).noneMatch(token -> active(keeper, token));
    }

    @Test
    void aRevokedTokenEndsAndLeavesItsNeighbours() {
        Http.Answer tokens = sealed.tokens();
        Http.Answer refreshed = sealed.refresh(tokens.text("refresh_token"));
        assertThat(App.shop(server).revoke(tokens.text("access_token")).status())
                .isEqualTo(400);
        assertThat(active(sealed, tokens.text("access_token"))).isTrue();

        assertThat(sealed.revoke(tokens.text("access_token")).status()).isEqualTo(200);
        assertThat(active(sealed, tokens.text("access_token"))).isFalse();
        assertThat(sealed.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        assertThat(active(sealed, refreshed.text("access_token"))).isTrue();
        assertThat(sealed.refresh(refreshed.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void itEndsWithTheSession() {
        Browser browser =
                new Browser(server).open(sealed.address(sealed.request())).signIn("ada", "correct horse battery");
        Http.Answer tokens = sealed.redeem(sealed.code(browser));
        browser.open(server.issuer() + "/logout?id_token_hint=" + tokens.text("id_token")
                + "&post_logout_redirect_uri=https%3A%2F%2Fsealed.example%2Fbye");
        assertThat(browser.callback().toString()).isEqualTo("https://sealed.example/bye");
        assertThat(active(sealed, tokens.text("access_token"))).isFalse();
        assertThat(sealed.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
    }

    @Test
    void itEndsInTime() {
        String token = sealed.tokens().text("access_token");
        server.database()
                .jdbc()
                .sql("update access_token set expires_at = now() - interval '1 second' where client_id = 'sealed'")
                .update();
        assertThat(active(sealed, token)).isFalse();
        assertThat(sealed.userInfo(token).status()).isEqualTo(401);
    }

    @Test
    void aMachineMayHaveOneToo() {
        Http.Answer tokens =
                keeper.token(Map.of("grant_type", "client_credentials", "scope", "vault:read", "resource", VAULT));
        String token = tokens.text("access_token");
        JsonNode answer = vaultApi.introspect(token).json();
        assertThat(answer.path("sub").asString()).isEqualTo("keeper");
        assertThat(answer.has("auth_time")).isFalse();
        assertThat(keeper.userInfo(token).status()).isEqualTo(403);
        keeper.revoke(token);
        assertThat(active(vaultApi, token)).isFalse();
    }

    @Test
    void garbageAndOtherHandlesAreNotActive() {
        Http.Answer tokens = sealed.tokens();
        String token = tokens.text("access_token");
        String changed = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
        assertThat(active(sealed, changed)).isFalse();
        assertThat(active(sealed, "sgn_at_")).isFalse();
        assertThat(active(sealed, "sgn_at_" + tokens.text("refresh_token").substring(7)))
                .isFalse();
        assertThat(sealed.userInfo(changed).status()).isEqualTo(401);
    }
}
