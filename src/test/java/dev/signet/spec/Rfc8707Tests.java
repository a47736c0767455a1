package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8707, Resource Indicators: a token says which API it is for, and is of no use at another. */
class Rfc8707Tests {

    private static final String ORDERS = "https://orders.example";
    private static final String BILLING = "https://billing.example/v1";
    private static final String BOTH = "openid orders:read billing:read";

    private final SignetServer server = SignetServer.shared();
    private final App office =
            new App(server, "office", "office-secret-0123456789abcdef01234567", "https://office.example/cb", BOTH);
    private final App careful = new App(
            server, "careful-office", "careful-secret-0123456789abcdef0123456", "https://careful.example/cb", BOTH);
    private final App ordersApi = new App(server, "orders-api", "orders-secret-0123456789abcdef01234567", "", "");
    private final App billingApi = new App(server, "billing-api", "billing-secret-0123456789abcdef0123456", "", "");

    private String address(App app, String... resources) {
        StringBuilder address = new StringBuilder(app.address(app.request()));
        for (String resource : resources) {
            address.append("&resource=").append(Http.encode(resource));
        }
        return address.toString();
    }

    private String code(String... resources) {
        return office.code(new Browser(server).open(address(office, resources)).signIn("ada", "correct horse battery"));
    }

    private Http.Answer token(Map<String, String> form, String... resources) {
        StringBuilder body = new StringBuilder(Http.encode(form));
        for (String resource : resources) {
            body.append("&resource=").append(Http.encode(resource));
        }
        return Http.post(
                server.url("/oauth2/token"),
                body.toString(),
                Map.of("Authorization", Http.basic(office.clientId(), office.secret())));
    }

    private Http.Answer redeem(String code, String... resources) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", office.redirectUri());
        form.put("code_verifier", App.VERIFIER);
        return token(form, resources);
    }

    private Http.Answer refresh(Http.Answer tokens, String... resources) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token")), resources);
    }

    private Http.Answer machine(String scope, String... resources) {
        return token(Map.of("grant_type", "client_credentials", "scope", scope), resources);
    }

    private JWTClaimsSet claims(Http.Answer tokens) {
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return office.verified(tokens.text("access_token"));
    }

    private static List<String> scope(Http.Answer tokens) {
        return Arrays.asList(tokens.text("scope").split(" "));
    }

    @Nested
    class Section2 {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://nobody.example",
                    "https://orders.example#part",
                    "https://orders.example.evil",
                    "https://ORDERS.example",
                    "orders",
                    "https://orders.example/other"
                })
        void aResourceThatIsNoApiIsAnInvalidTarget(String resource) {
            Http.Answer answer = machine("orders:read", resource);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("error")).isEqualTo("invalid_target");

            Map<String, String> told =
                    new Browser(server).open(address(office, resource)).callbackParameters();
            assertThat(told).containsEntry("error", "invalid_target").containsKey("state");
        }

        @Test
        void anApiOfWhichTheAppHasNoScopeIsAnInvalidTarget() {
            App shop = App.shop(server);
            Http.Answer answer = shop.token(Map.of("grant_type", "client_credentials", "resource", ORDERS));
            assertThat(answer.text("error")).isEqualTo("invalid_target");
        }

        @Test
        void aTokenIsForTheApiThatWasNamedAndHasItsScopesOnly() throws Exception {
            Http.Answer answer = machine("orders:read billing:read", ORDERS);
            JWTClaimsSet claims = claims(answer);
            assertThat(claims.getAudience()).containsExactly(ORDERS);
            assertThat(claims.getStringClaim("scope")).isEqualTo("orders:read");
            assertThat(answer.text("scope")).isEqualTo("orders:read");
        }

        @Test
        void aSlashAfterTheHostMakesNoDifference() {
            assertThat(claims(machine("orders:read", ORDERS + "/")).getAudience())
                    .containsExactly(ORDERS);
        }

        @Test
        void anApiDecidesWhatItsTokensAreLike() throws Exception {
            Http.Answer answer = machine("billing:read", BILLING);
            SignedJWT jwt = SignedJWT.parse(answer.text("access_token"));
            assertThat(jwt.getHeader().getType().getType()).isEqualTo("JWT");
            assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
            assertThat(answer.json().path("expires_in").asInt()).isEqualTo(300);
            JWTClaimsSet claims = claims(answer);
            assertThat(claims.getExpirationTime().getTime()
                            - claims.getIssueTime().getTime())
                    .isEqualTo(300_000);
        }

        @Test
        void apisThatWantDifferentTokensCannotShareOne() {
            Http.Answer answer = machine("orders:read billing:read", ORDERS, BILLING);
            assertThat(answer.text("error")).isEqualTo("invalid_target");
        }

        @Test
        void scopesOfOtherApisAloneAreRefused() {
            Http.Answer answer = machine("billing:read", ORDERS);
            assertThat(answer.text("error")).isEqualTo("invalid_scope");
        }

        @Test
        void withoutAResourceEverythingIsAsRegistered() {
            Http.Answer answer = machine("orders:read billing:read");
            assertThat(claims(answer).getAudience()).containsExactly(server.issuer());
            assertThat(scope(answer)).containsExactlyInAnyOrder("orders:read", "billing:read");
            Http.Answer robot = App.robot(server).token(Map.of("grant_type", "client_credentials"));
            assertThat(claims(robot).getAudience()).containsExactly("https://api.example");
        }

        @Test
        void theClientsOwnAudienceMayBeNamed() {
            Http.Answer robot = App.robot(server)
                    .token(Map.of("grant_type", "client_credentials", "resource", "https://api.example"));
            assertThat(claims(robot).getAudience()).containsExactly("https://api.example");
            assertThat(robot.text("scope")).isEqualTo("api:read");
        }
    }

    @Nested
    class Section2Point1 {

        @Test
        void theResourceIsKeptFromTheAuthorizationRequestOverRefreshes() {
            Http.Answer tokens = redeem(code(ORDERS));
            assertThat(claims(tokens).getAudience()).containsExactly(ORDERS);
            assertThat(scope(tokens)).containsExactlyInAnyOrder("openid", "orders:read");
            Http.Answer refreshed = refresh(tokens);
            assertThat(claims(refreshed).getAudience()).containsExactly(ORDERS);
            assertThat(claims(refresh(refreshed, ORDERS)).getAudience()).containsExactly(ORDERS);
        }

        @Test
        void nobodyIsAskedForScopesThatMeanNothingToTheApi() {
            Browser browser = new Browser(server).open(address(careful, ORDERS)).signIn("ada", "correct horse battery");
            assertThat(browser.pageId()).isEqualTo("page-consent");
            assertThat(browser.page().text()).contains("Read orders").doesNotContain("Read bills");
        }
    }

    @Nested
    class Section2Point2 {

        @Test
        void anAppChoosesAmongWhatWasGranted() {
            Http.Answer tokens = redeem(code(ORDERS, BILLING), ORDERS);
            assertThat(claims(tokens).getAudience()).containsExactly(ORDERS);
            assertThat(scope(tokens)).containsExactlyInAnyOrder("openid", "orders:read");

            Http.Answer billing = refresh(tokens, BILLING);
            assertThat(claims(billing).getAudience()).containsExactly(BILLING);
            assertThat(scope(billing)).containsExactlyInAnyOrder("openid", "billing:read");

            Http.Answer orders = refresh(billing, ORDERS);
            assertThat(claims(orders).getAudience()).containsExactly(ORDERS);
        }

        @Test
        void anAppCannotAddToWhatWasGrantedAndARefusalSpendsNothing() {
            String code = code(ORDERS);
            assertThat(redeem(code, BILLING).text("error")).isEqualTo("invalid_target");
            Http.Answer tokens = redeem(code);
            assertThat(claims(tokens).getAudience()).containsExactly(ORDERS);
            assertThat(refresh(tokens, BILLING).text("error")).isEqualTo("invalid_target");
            assertThat(refresh(tokens).status()).isEqualTo(200);
        }

        @Test
        void aRepeatedRefreshMayAskForAnotherApiAndIsRevokedWithItsFamily() {
            Http.Answer tokens = redeem(code(ORDERS, BILLING), ORDERS);
            Http.Answer first = refresh(tokens, ORDERS);
            Http.Answer again = refresh(tokens, BILLING);
            assertThat(again.text("refresh_token")).isEqualTo(first.text("refresh_token"));
            assertThat(claims(again).getAudience()).containsExactly(BILLING);

            office.revoke(first.text("refresh_token"));
            for (Http.Answer answer : List.of(first, again)) {
                assertThat(active(office, answer)).isFalse();
            }
        }
    }

    @Nested
    class Section3 {

        @Test
        void aTokenForOneApiIsRefusedAtIntrospectionForAnother() {
            Http.Answer orders = machine("orders:read", ORDERS);
            assertThat(active(ordersApi, orders)).isTrue();
            assertThat(active(billingApi, orders)).isFalse();
            Http.Answer billing = redeem(code(ORDERS, BILLING), BILLING);
            assertThat(active(billingApi, billing)).isTrue();
            assertThat(active(ordersApi, billing)).isFalse();
            assertThat(active(App.shop(server), billing)).isFalse();
            assertThat(active(office, billing)).isTrue();
        }
    }

    private static boolean active(App asking, Http.Answer tokens) {
        return asking.introspect(tokens.text("access_token"))
                .json()
                .path("active")
                .asBoolean();
    }

    @Test
    void theMetadataNamesTheApis() {
        assertThat(Http.get(server.url("/.well-known/oauth-authorization-server"))
                        .json()
                        .path("protected_resources")
                        .toString())
                .isEqualTo("[\"" + BILLING + "\",\"" + ORDERS + "\",\"https://vault.example\"]");
    }
}
