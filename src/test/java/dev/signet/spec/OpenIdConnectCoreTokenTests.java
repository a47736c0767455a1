package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * OpenID Connect Core 1.0 (errata set 2), what the app gets for its code: ID tokens, claims, refreshed tokens, with the
 * requirements of the modules of the official Basic OP test plan.
 */
class OpenIdConnectCoreTokenTests {

    private static final String ALL_SCOPES = "openid profile email address phone";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    private Map<String, String> codeForm(App app, Map<String, String> changes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", app.code());
        form.put("redirect_uri", app.redirectUri());
        form.put("code_verifier", App.VERIFIER);
        form.putAll(changes);
        return form;
    }

    /** The answer for a request with changes, by a person who just signed in. */
    private Http.Answer tokens(App app, Map<String, String> changes) {
        Browser browser = new Browser(server).open(app.address(app.request(changes)));
        return app.redeem(app.code(browser.signIn("ada", "correct horse battery")));
    }

    @Nested
    class Section2_IdToken {

        @Test
        void holdsWhatEveryIdTokenMust() throws Exception {
            Map<String, String> request = shop.request();
            Browser browser = new Browser(server).open(shop.address(request));
            Http.Answer answer = shop.redeem(shop.code(browser.signIn("ada", "correct horse battery")));
            JWTClaimsSet idToken = shop.verified(answer.text("id_token"));
            Instant now = Instant.now();

            assertThat(idToken.getIssuer()).isEqualTo(server.issuer());
            assertThat(idToken.getAudience()).containsExactly("shop");
            assertThat(idToken.getStringClaim("azp")).isEqualTo("shop");
            assertThat(idToken.getSubject()).isNotEmpty().hasSizeLessThanOrEqualTo(255);
            assertThat(idToken.getIssueTime().toInstant()).isBetween(now.minusSeconds(10), now.plusSeconds(1));
            assertThat(idToken.getExpirationTime().toInstant()).isAfter(now);
            assertThat(idToken.getStringClaim("nonce")).isEqualTo(request.get("nonce"));
            assertThat(idToken.getLongClaim("auth_time")).isBetween(now.getEpochSecond() - 10, now.getEpochSecond());
            assertThat(idToken.getStringClaim("acr")).isEqualTo("urn:signet:acr:password");
            assertThat(idToken.getStringListClaim("amr")).containsExactly("pwd");
            assertThat(idToken.getStringClaim("sid")).isNotEmpty();
        }

        @Test
        void isSignedByAPublishedKeyWithItsId() throws Exception {
            SignedJWT idToken = SignedJWT.parse(shop.tokens().text("id_token"));
            assertThat(idToken.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
            assertThat(idToken.getHeader().getKeyID()).isNotEmpty();
            assertThat(shop.verified(idToken.serialize())).isNotNull();
        }

        @Test
        void holdsNoNonceWhereNoneWasSent() throws Exception {
            Http.Answer answer = tokens(shop, Map.of("nonce", ""));
            assertThat(shop.verified(answer.text("id_token")).getClaims()).doesNotContainKey("nonce");
        }

        @Test
        void holdsTheNonceAsItWasSent() throws Exception {
            String nonce = "a b/c+d=&é\"" + "x".repeat(500);
            Http.Answer answer = tokens(shop, Map.of("nonce", nonce));
            assertThat(shop.verified(answer.text("id_token")).getStringClaim("nonce"))
                    .isEqualTo(nonce);
        }

        @Test
        void isBoundToTheAccessToken() throws Exception {
            Http.Answer answer = shop.tokens();
            byte[] hash = App.sha256(answer.text("access_token"));
            assertThat(shop.verified(answer.text("id_token")).getStringClaim("at_hash"))
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)));
        }

        @Test
        void isThereOnlyWhereOpenidWasAskedFor() {
            Http.Answer answer = tokens(shop.withScope("api:read"), Map.of());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().has("id_token")).isFalse();
        }
    }

    @Nested
    class Section3_1_3_TokenEndpoint {

        @Test
        void answersJsonThatNobodyKeeps() {
            Http.Answer answer = shop.tokens();
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
            assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
            assertThat(answer.text("token_type")).isEqualToIgnoringCase("Bearer");
            assertThat(answer.json().path("expires_in").asInt()).isEqualTo(900);
        }

        @Test
        void takesTheSecretInTheBodyAsWell() {
            Map<String, String> form = codeForm(shop, Map.of("client_id", "shop", "client_secret", shop.secret()));
            Http.Answer answer = Http.post(server.url("/oauth2/token"), form, Map.of());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("id_token")).isNotEmpty();
        }

        @Test
        void redeemsACodeAskedForWithoutPkceWhereTheAppMayDoWithout() {
            App legacy = App.legacy(server);
            Map<String, String> request =
                    legacy.request(Map.of("code_challenge", "", "code_challenge_method", "", "nonce", ""));
            Browser browser = new Browser(server).open(legacy.address(request));
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "authorization_code");
            form.put("code", legacy.code(browser.signIn("ada", "correct horse battery")));
            form.put("redirect_uri", legacy.redirectUri());
            assertThat(legacy.token(form).status()).isEqualTo(200);
        }

        @Test
        void refusesACodeThatWasUsed() {
            String code = shop.code();
            assertThat(shop.redeem(code).status()).isEqualTo(200);
            Http.Answer second = shop.redeem(code);
            assertThat(second.status()).isEqualTo(400);
            assertThat(second.text("error")).isEqualTo("invalid_grant");
        }

        @Test
        void endsTheTokensOfACodeThatIsUsedAgainLater() {
            String code = shop.code();
            Http.Answer tokens = shop.redeem(code);
            assertThat(shop.userInfo(tokens.text("access_token")).status()).isEqualTo(200);
            server.database()
                    .jdbc()
                    .sql("update oauth_authorization set redeemed_at = redeemed_at - interval '31 s',"
                            + " code_expires_at = code_expires_at - interval '61 s' where code_digest = ?")
                    .param(App.sha256(code))
                    .update();

            assertThat(shop.redeem(code).text("error")).isEqualTo("invalid_grant");
            assertThat(shop.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
            assertThat(shop.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        }

        @Test
        void refusesACodeWithAnotherRedirectUri() {
            Map<String, String> form = codeForm(shop, Map.of("redirect_uri", "https://shop.example/cb2"));
            assertThat(shop.token(form).text("error")).isEqualTo("invalid_grant");
            form.remove("redirect_uri");
            assertThat(shop.token(form).text("error")).isEqualTo("invalid_grant");
            form.put("redirect_uri", shop.redirectUri());
            assertThat(shop.token(form).status()).isEqualTo(200);
        }
    }

    @Nested
    class Section5_3_UserInfo {

        private final String accessToken =
                tokens(shop.withScope(ALL_SCOPES), Map.of()).text("access_token");

        @Test
        void answersGet() {
            Http.Answer answer = shop.userInfo(accessToken);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
            assertThat(answer.text("email")).isEqualTo("ada@example.com");
        }

        @Test
        void answersPostWithTheTokenInTheHeader() {
            Http.Answer answer =
                    Http.post(server.url("/userinfo"), Map.of(), Map.of("Authorization", "Bearer " + accessToken));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("sub")).isNotEmpty();
        }

        @Test
        void answersPostWithTheTokenInTheHeaderAndNoBodyAtAll() {
            Http.Answer answer =
                    Http.method("POST", server.url("/userinfo"), Map.of("Authorization", "Bearer " + accessToken));
            assertThat(answer.status()).isEqualTo(200);
        }

        @Test
        void answersPostWithTheTokenInTheBody() {
            Http.Answer answer = Http.post(server.url("/userinfo"), Map.of("access_token", accessToken), Map.of());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("sub")).isNotEmpty();
        }

        @Test
        void neverTakesTheTokenFromTheAddress() {
            Http.Answer answer = Http.get(server.url("/userinfo?access_token=" + accessToken));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        }

        @Test
        void saysTheSameSubjectAsTheIdToken() {
            Http.Answer tokens = shop.tokens();
            assertThat(shop.userInfo(tokens.text("access_token")).text("sub"))
                    .isEqualTo(shop.verified(tokens.text("id_token")).getSubject());
        }

        @Test
        void writesEveryClaimInItsType() {
            JsonNode claims = shop.userInfo(accessToken).json();
            assertThat(claims.path("email_verified").isBoolean()).isTrue();
            assertThat(claims.path("phone_number_verified").isBoolean()).isTrue();
            assertThat(claims.path("updated_at").isIntegralNumber()).isTrue();
            assertThat(claims.path("address").isObject()).isTrue();
            assertThat(claims.path("birthdate").asString()).isEqualTo("1815-12-10");
            claims.propertyNames()
                    .forEach(name -> assertThat(claims.path(name).isNull()).isFalse());
        }

        @Test
        void refusesAnIdTokenAndGarbage() {
            for (String token : new String[] {shop.tokens().text("id_token"), "garbage", accessToken + "x"}) {
                Http.Answer answer = shop.userInfo(token);
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"");
            }
        }
    }

    @Nested
    class Section5_4_Scopes {

        @ParameterizedTest
        @CsvSource({
            "profile, name family_name given_name middle_name nickname preferred_username profile picture website"
                    + " gender birthdate zoneinfo locale updated_at",
            "email, email email_verified",
            "address, address",
            "phone, phone_number phone_number_verified"
        })
        void eachScopeGivesItsClaimsAndNoOthers(String scope, String claims) {
            Http.Answer tokens = tokens(shop.withScope("openid " + scope), Map.of());
            JsonNode userInfo = shop.userInfo(tokens.text("access_token")).json();
            assertThat(userInfo.propertyNames()).containsExactlyInAnyOrder(("sub " + claims).split(" "));
        }

        @Test
        void allScopesTogetherGiveAllClaims() {
            Http.Answer tokens = tokens(shop.withScope(ALL_SCOPES), Map.of());
            JsonNode userInfo = shop.userInfo(tokens.text("access_token")).json();
            assertThat(userInfo.propertyNames())
                    .contains("sub", "name", "email", "email_verified", "address", "phone_number", "locale");
            assertThat(tokens.text("scope").split(" ")).containsExactlyInAnyOrder(ALL_SCOPES.split(" "));
        }

        @Test
        void openidAloneGivesTheSubjectAlone() {
            Http.Answer tokens = tokens(shop.withScope("openid"), Map.of());
            assertThat(shop.userInfo(tokens.text("access_token")).json().propertyNames())
                    .containsExactly("sub");
        }

        @Test
        void whatAPersonDoesNotHaveIsLeftOut() {
            App app = shop.withScope(ALL_SCOPES);
            String accessToken =
                    app.redeem(app.code("ben", "staple umbrella seven")).text("access_token");
            JsonNode userInfo = app.userInfo(accessToken).json();
            assertThat(userInfo.propertyNames()).doesNotContain("address", "phone_number", "phone_number_verified");
            assertThat(userInfo.path("email_verified").asBoolean()).isFalse();
        }
    }

    @Nested
    class Section8_Subjects {

        @Test
        void aPersonIsTheSameForEveryAppAndTime() {
            String first = shop.verified(shop.tokens().text("id_token")).getSubject();
            App legacy = App.legacy(server);
            assertThat(shop.verified(shop.tokens().text("id_token")).getSubject())
                    .isEqualTo(first);
            assertThat(legacy.verified(legacy.tokens().text("id_token")).getSubject())
                    .isEqualTo(first);
        }
    }

    @Nested
    class Section12_Refresh {

        @Test
        void givesAnIdTokenAboutTheSameSignIn() throws Exception {
            Http.Answer tokens = shop.tokens();
            JWTClaimsSet first = shop.verified(tokens.text("id_token"));
            Http.Answer refreshed = shop.refresh(tokens.text("refresh_token"));
            JWTClaimsSet second = shop.verified(refreshed.text("id_token"));

            for (String same : new String[] {"iss", "sub", "aud", "azp", "auth_time", "sid", "acr", "amr"}) {
                assertThat(second.getClaim(same)).as(same).isEqualTo(first.getClaim(same));
            }
            assertThat(second.getClaims()).doesNotContainKey("nonce");
            assertThat(second.getIssueTime()).isAfterOrEqualTo(first.getIssueTime());
            byte[] hash = App.sha256(refreshed.text("access_token"));
            assertThat(second.getStringClaim("at_hash"))
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)));
        }

        @Test
        void takesTheScopesGrantedBefore() {
            Http.Answer tokens = shop.tokens();
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", tokens.text("refresh_token"));
            form.put("scope", shop.scope());
            Http.Answer refreshed = shop.token(form);
            assertThat(refreshed.status()).isEqualTo(200);
            assertThat(refreshed.text("access_token")).isNotEqualTo(tokens.text("access_token"));
            assertThat(shop.userInfo(refreshed.text("access_token")).status()).isEqualTo(200);
        }

        @Test
        void refusesTheTokenOfAnotherApp() {
            String refreshToken = shop.tokens().text("refresh_token");
            assertThat(App.legacy(server).refresh(refreshToken).text("error")).isEqualTo("invalid_grant");
            assertThat(shop.refresh(refreshToken).status()).isEqualTo(200);
        }

        @Test
        void outlivesTheSessionOnlyWithOfflineAccess() {
            App offline = shop.withScope("openid offline_access");
            Browser browser = new Browser(server).open(offline.address(offline.request(Map.of("prompt", "consent"))));
            browser.signIn("ada", "correct horse battery");
            assertThat(browser.pageId()).isEqualTo("page-consent");
            String kept = offline.redeem(offline.code(browser.allow())).text("refresh_token");
            browser.open(shop.address(shop.request()));
            Http.Answer online = shop.redeem(shop.code(browser));
            browser.open(server.issuer() + "/logout?id_token_hint=" + online.text("id_token"));

            assertThat(shop.refresh(online.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
            assertThat(offline.refresh(kept).status()).isEqualTo(200);
        }
    }

    @Nested
    class SessionIds {

        @Test
        void areTheSameForOneAppAndDifferBetweenApps() throws Exception {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            browser.signIn("ada", "correct horse battery");
            String first = sid(shop, browser);
            String again = sid(shop, browser.open(shop.address(shop.request())));
            App legacy = App.legacy(server);
            String elsewhere = sid(legacy, browser.open(legacy.address(legacy.request())));
            Browser other = new Browser(server).open(shop.address(shop.request()));
            String otherSession = sid(shop, other.signIn("ada", "correct horse battery"));

            assertThat(again).isEqualTo(first);
            assertThat(elsewhere).isNotEqualTo(first);
            assertThat(otherSession).isNotEqualTo(first);
        }

        private String sid(App app, Browser browser) throws Exception {
            return app.verified(app.redeem(app.code(browser)).text("id_token")).getStringClaim("sid");
        }
    }
}
