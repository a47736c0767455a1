package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9701, JWT Response for OAuth Token Introspection; and UserInfo answers as JWTs (OpenID Connect Core 5.3.2). */
class Rfc9701Tests {

    private static final String JWT = "application/token-introspection+jwt";
    private static final String ORDERS = "https://orders.example";

    private final SignetServer server = SignetServer.shared();
    private final App office =
            new App(server, "office", "office-secret-0123456789abcdef01234567", "https://office.example/cb", "openid");
    private final App ordersApi = new App(server, "orders-api", "orders-secret-0123456789abcdef01234567", "", "");
    private final App notary = new App(
            server, "notary", "notary-secret-0123456789abcdef01234567", "https://notary.example/cb", "openid email");

    private String ordersToken() {
        return office.token(Map.of("grant_type", "client_credentials", "scope", "orders:read", "resource", ORDERS))
                .text("access_token");
    }

    private Http.Answer introspect(App asking, String token, String accept) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", Http.basic(asking.clientId(), asking.secret()));
        headers.put("Accept", accept);
        return Http.post(server.url("/oauth2/introspect"), Map.of("token", token), headers);
    }

    @Nested
    class Section4 {

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "*/*", "application/*", JWT + ";q=0", "application/jwt"})
        void whoDoesNotAskForAJwtGetsJson(String accept) {
            Http.Answer answer = introspect(ordersApi, ordersToken(), accept);
            assertThat(answer.header("Content-Type")).hasValue("application/json");
            assertThat(answer.json().path("active").asBoolean()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {JWT, "application/json;q=0.5, " + JWT, "Application/Token-Introspection+JWT;q=0.9"})
        void whoAsksForAJwtGetsOne(String accept) {
            Http.Answer answer = introspect(ordersApi, ordersToken(), accept);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).hasValue(JWT);
            assertThat(answer.header("Cache-Control")).hasValue("no-store");
        }
    }

    @Nested
    class Section5 {

        @Test
        void theAnswerIsSignedForWhoAskedAndHoldsTheMembersOneLevelDown() throws Exception {
            String token = ordersToken();
            String jwt = introspect(ordersApi, token, JWT).body();
            SignedJWT parsed = SignedJWT.parse(jwt);
            assertThat(parsed.getHeader().getType().getType()).isEqualTo("token-introspection+jwt");
            assertThat(parsed.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
            JWTClaimsSet claims = ordersApi.verified(jwt);
            assertThat(claims.getIssuer()).isEqualTo(server.issuer());
            assertThat(claims.getAudience()).containsExactly("orders-api");
            assertThat(claims.getIssueTime()).isNotNull();
            assertThat(claims.getClaims().keySet())
                    .containsExactlyInAnyOrder("iss", "aud", "iat", "token_introspection");
            Map<String, Object> members = claims.getJSONObjectClaim("token_introspection");
            assertThat(members).containsEntry("active", true).containsEntry("aud", ORDERS);
            assertThat(members).containsEntry("scope", "orders:read").containsEntry("client_id", "office");
        }

        @Test
        void aTokenThatIsNotTheirsIsNotActiveThereEither() throws Exception {
            String jwt = introspect(ordersApi, office.tokens().text("access_token"), JWT)
                    .body();
            assertThat(ordersApi.verified(jwt).getJSONObjectClaim("token_introspection"))
                    .isEqualTo(Map.of("active", false));
        }

        @Test
        void withoutAWishTheAlgorithmIsRs256() throws Exception {
            String jwt = introspect(office, ordersToken(), JWT).body();
            assertThat(SignedJWT.parse(jwt).getHeader().getAlgorithm().getName())
                    .isEqualTo("RS256");
        }

        @Test
        void refusalsStayJson() {
            Http.Answer answer = Http.post(
                    server.url("/oauth2/introspect"),
                    Map.of("token", "x"),
                    Map.of("Authorization", Http.basic("orders-api", "wrong"), "Accept", JWT));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("error")).isEqualTo("invalid_client");
        }
    }

    @Nested
    class Section8Point1 {

        @Test
        void anAnswerPassesForNoToken() {
            String jwt = introspect(ordersApi, ordersToken(), JWT).body();
            assertThat(office.userInfo(jwt).status()).isEqualTo(401);
            assertThat(ordersApi.introspect(jwt).json().path("active").asBoolean())
                    .isFalse();
            String userInfo =
                    notary.userInfo(notary.tokens().text("access_token")).body();
            assertThat(notary.userInfo(userInfo).status()).isEqualTo(401);
            assertThat(notary.introspect(userInfo).json().path("active").asBoolean())
                    .isFalse();
            Browser browser = new Browser(server)
                    .open(notary.address(notary.request(Map.of("id_token_hint", userInfo, "prompt", "none"))));
            assertThat(browser.callbackParameters()).containsEntry("error", "invalid_request");
        }
    }

    @Nested
    class OpenIdConnectCoreSection5Point3Point2 {

        @Test
        void userInfoIsSignedForTheClientThatWantsIt() throws Exception {
            Http.Answer tokens = notary.tokens();
            Http.Answer answer = notary.userInfo(tokens.text("access_token"));
            assertThat(answer.header("Content-Type")).hasValue("application/jwt");
            assertThat(SignedJWT.parse(answer.body()).getHeader().getAlgorithm().getName())
                    .isEqualTo("ES256");
            JWTClaimsSet claims = notary.verified(answer.body());
            assertThat(claims.getIssuer()).isEqualTo(server.issuer());
            assertThat(claims.getAudience()).containsExactly("notary");
            assertThat(claims.getSubject())
                    .isEqualTo(notary.verified(tokens.text("id_token")).getSubject());
            assertThat(claims.getStringClaim("email")).isEqualTo("ada@example.com");
            assertThat(claims.getBooleanClaim("email_verified")).isTrue();
        }

        @Test
        void refusalsAreAsEver() {
            Http.Answer answer = notary.userInfo("x");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
        }
    }

    @Test
    void theMetadataNamesTheAlgorithms() {
        for (String member :
                new String[] {"introspection_signing_alg_values_supported", "userinfo_signing_alg_values_supported"}) {
            assertThat(Http.get(server.url("/.well-known/openid-configuration"))
                            .json()
                            .path(member)
                            .toString())
                    .contains("ES256", "RS256")
                    .doesNotContain("none", "HS256");
        }
    }
}
