package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The OAuth 2.0 Authorization Framework; client authentication (section 2.3) has {@link Rfc6749Section2Tests}, refresh tokens
 * (section 6) have {@link Rfc6749Section6Tests}.
 */
class Rfc6749Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    @Nested
    class Section3_1_AuthorizationEndpoint {

        @Test
        void aParameterGivenTwiceIsToldToTheApp() {
            String address = shop.address(shop.request()) + "&scope=openid";

            assertThat(Http.get(address).locationParameters()).containsEntry("error", "invalid_request");
        }

        @Test
        void unknownParametersAreIgnored() {
            Browser browser = new Browser(server).open(shop.address(shop.request(Map.of("unheard_of", "x"))));

            assertThat(browser.pageId()).isEqualTo("page-login");
        }

        @Test
        void aParameterWithoutAValueCountsAsLeftOut() {
            String address = shop.address(shop.request(Map.of("response_type", ""))) + "&response_type=";

            assertThat(Http.get(address).locationParameters()).containsEntry("error", "invalid_request");
        }

        @Test
        void theRequestMayBePosted() {
            Browser browser = new Browser(server).post(server.issuer() + "/oauth2/authorize", shop.request());

            assertThat(browser.pageId()).isEqualTo("page-login");
        }

        @Test
        void aRedirectUriThatWasRegisteredAsTheOnlyOneMayBeLeftOut() {
            App robotless = App.legacy(server).withScope("profile");
            Browser browser = new Browser(server)
                    .open(robotless.address(robotless.request(Map.of("redirect_uri", "", "nonce", ""))))
                    .signIn("ada", "correct horse battery");

            assertThat(browser.callback().toString()).startsWith("https://legacy.example/cb?code=");
        }
    }

    @Nested
    class Section3_2_TokenEndpoint {

        @Test
        void itTakesPostAlone() {
            Http.Answer answer = Http.get(server.url("/oauth2/token?grant_type=client_credentials"));

            Refusal.assertError(answer, 405, "invalid_request");
            assertThat(answer.header("Allow").orElseThrow()).contains("POST");
        }

        @Test
        void aMissingGrantTypeIsRefused() {
            Refusal.assertError(shop.token(Map.of("scope", "api:read")), 400, "invalid_request");
            Refusal.assertError(shop.token(Map.of("grant_type", "")), 400, "invalid_request");
        }
    }

    @Nested
    class Section3_3_Scope {

        @Test
        void aScopeThatIsNotTheClientsIsRefused() {
            assertThat(Http.get(App.spa(server).address(App.spa(server).request(Map.of("scope", "openid api:read"))))
                            .locationParameters())
                    .containsEntry("error", "invalid_scope");
        }

        @Test
        void theAnswerNamesTheScopeThatWasGranted() {
            assertThat(shop.tokens().text("scope").split(" ")).containsExactlyInAnyOrder("openid", "profile", "email");
        }
    }

    @Nested
    class Section4_1_AuthorizationCodeGrant {

        @Test
        void theAnswerToTheAppRepeatsItsStateByteForByte() {
            String state = "a b&c=d#e?f%20+\"'<>\u00e9\u4e2d\ud83d\ude00/\\";
            Browser browser = new Browser(server)
                    .open(shop.address(shop.request(Map.of("state", state))))
                    .signIn("ada", "correct horse battery");

            assertThat(browser.callbackParameters())
                    .containsEntry("state", state)
                    .containsKey("code");
        }

        @Test
        void aCodeIsRedeemedOnceAndItsReplayEndsTheTokens() {
            String code = shop.code();
            Http.Answer tokens = shop.redeem(code);
            assertThat(tokens.status()).isEqualTo(200);

            Refusal.assertInvalidGrant(shop.redeem(code));
            Refusal.assertInvalidGrant(shop.refresh(tokens.text("refresh_token")));
            assertThat(active(tokens.text("access_token"))).isFalse();
            assertThat(shop.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        }

        @Test
        void aCodeIsTheClientsItWasIssuedTo() {
            String code = shop.code();
            App thief = new App(server, "forum", App.forum(server).secret(), shop.redirectUri(), "openid");

            Refusal.assertInvalidGrant(thief.redeem(code));
            assertThat(shop.redeem(code).status()).as("the attempt did no harm").isEqualTo(200);
        }

        @Test
        void aSpentCodeInAnotherClientsHandsDoesNoHarm() {
            String code = shop.code();
            Http.Answer tokens = shop.redeem(code);
            App thief = new App(server, "forum", App.forum(server).secret(), shop.redirectUri(), "openid");

            Refusal.assertInvalidGrant(thief.redeem(code));
            assertThat(active(tokens.text("access_token"))).isTrue();
        }

        @Test
        void theRedirectUriMustBeTheOneOfTheRequest() {
            String code = shop.code();

            Refusal.assertInvalidGrant(shop.token(redemption(code, "https://shop.example/cb2")));
            Refusal.assertInvalidGrant(shop.token(redemption(code, null)));
            assertThat(shop.token(redemption(code, "https://shop.example/cb")).status())
                    .isEqualTo(200);
        }

        @Test
        void aCodeLivesForAMinuteAtMost() {
            String code = shop.code();
            int moved = server.database()
                    .jdbc()
                    .sql("update oauth_authorization set code_expires_at = code_expires_at - interval '60 s'"
                            + " where redeemed_at is null and client_id = 'shop' and code_expires_at > now()")
                    .update();

            assertThat(moved).isPositive();
            Refusal.assertInvalidGrant(shop.redeem(code));
        }

        @Test
        void aMissingCodeIsRefused() {
            Refusal.assertError(shop.token(Map.of("grant_type", "authorization_code")), 400, "invalid_request");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "sgn_ac_",
                    "sgn_ac_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    " ",
                    "-",
                    "\u00e9"
                })
        void aCodeNobodyIssuedIsRefused(String code) {
            Http.Answer answer = shop.redeem(code);
            assertThat(answer.text("error")).isIn("invalid_grant", "invalid_request");
            Refusal.assertClean(answer);
        }

        @Test
        void anAlteredCodeIsRefusedAndLeavesTheGenuineOneAlone() {
            String code = shop.code();
            for (int at : new int[] {8, 20, 40, code.length() - 1}) {
                char other = code.charAt(at) == 'A' ? 'B' : 'A';
                Refusal.assertInvalidGrant(shop.redeem(code.substring(0, at) + other + code.substring(at + 1)));
            }
            Refusal.assertInvalidGrant(shop.redeem(code + "A"));
            Refusal.assertInvalidGrant(shop.redeem(code.substring(0, code.length() - 1)));

            assertThat(shop.redeem(code).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({
            "response_type, '', invalid_request",
            "response_type, token, unsupported_response_type",
            "response_type, id_token, unsupported_response_type",
            "response_type, code id_token, unsupported_response_type",
            "response_type, CODE, unsupported_response_type",
            "response_type, none, unsupported_response_type",
            "scope, nonsense, invalid_scope",
            "response_mode, web_message, invalid_request",
            "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
            "request_uri, https://shop.example/r, request_uri_not_supported"
        })
        void whatIsWrongIsToldToTheAppWithItsState(String name, String value, String error) {
            Map<String, String> request = shop.request(Map.of(name, value));
            Http.Answer answer = Http.get(shop.address(request));

            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location().toString()).startsWith("https://shop.example/cb?");
            assertThat(answer.locationParameters())
                    .containsEntry("error", error)
                    .containsEntry("state", request.get("state"))
                    .containsEntry("iss", server.issuer())
                    .doesNotContainKey("code");
        }

        @ParameterizedTest
        @CsvSource({
            "client_id, nobody",
            "client_id, ''",
            "client_id, SHOP",
            "client_id, 'shop '",
            "redirect_uri, https://evil.example/cb",
            "redirect_uri, ''"
        })
        void anAppThatIsNotKnownIsNeverRedirectedTo(String name, String value) {
            Http.Answer answer =
                    Http.get(shop.address(shop.request(Map.of(name, value))), Map.of("Accept", "text/html"));

            Refusal.assertClean(answer);
            assertThat(answer.header("Location")).isEmpty();
        }
    }

    @Nested
    class Section4_2_ImplicitGrant {

        @Test
        void isRefusedWithALinkToWhatToDoInstead() {
            Http.Answer answer = Http.get(shop.address(shop.request(Map.of("response_type", "token"))));

            String page = answer.locationParameters().get("error_uri");
            assertThat(Http.get(page).body()).contains("implicit", "Authorization".toLowerCase(), "PKCE");
        }
    }

    @Nested
    class Section4_3_PasswordGrant {

        @Test
        void isRefusedWithALinkToWhatToDoInstead() {
            Http.Answer answer = shop.token(
                    Map.of("grant_type", "password", "username", "ada", "password", "correct horse battery"));

            Refusal.assertError(answer, 400, "unsupported_grant_type");
            assertThat(Http.get(answer.text("error_uri")).body()).contains("password", "authorization_code");
        }
    }

    @Nested
    class Section4_4_ClientCredentialsGrant {

        @Test
        void givesATokenWithoutRefreshTokenAndIdToken() {
            Http.Answer answer = App.robot(server).token(Map.of("grant_type", "client_credentials"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("scope")).isEqualTo("api:read");
            assertThat(answer.json().has("refresh_token")).isFalse();
            assertThat(answer.json().has("id_token")).isFalse();
        }

        @Test
        void scopesOfPeopleAreNotForMachines() {
            for (String scope : new String[] {"openid", "profile", "api:read openid", "offline_access"}) {
                Refusal.assertError(
                        shop.token(Map.of("grant_type", "client_credentials", "scope", scope)), 400, "invalid_scope");
            }
        }

        @Test
        void isForClientsThatMayUseIt() {
            Refusal.assertError(
                    App.forum(server).token(Map.of("grant_type", "client_credentials")), 400, "unauthorized_client");
            Refusal.assertError(
                    App.spa(server).token(Map.of("grant_type", "client_credentials")), 400, "unauthorized_client");
        }

        @Test
        void theAuthorizationCodeGrantIsNotForMachines() {
            App robot = App.robot(server);

            Refusal.assertError(robot.redeem(shop.code()), 400, "unauthorized_client");
            Http.Answer answer = Http.get(robot.address(robot.request(Map.of("redirect_uri", ""))));
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Nested
    class Section5_Answers {

        @Test
        void tokensAreJsonThatNobodyKeeps() {
            Http.Answer answer = shop.tokens();

            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
            assertThat(answer.header("Cache-Control")).hasValue("no-store");
            assertThat(answer.header("Pragma")).hasValue("no-cache");
            assertThat(answer.text("token_type")).isEqualTo("Bearer");
            assertThat(answer.json().path("expires_in").isIntegralNumber()).isTrue();
            assertThat(answer.json().path("expires_in").asInt()).isEqualTo(900);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                            "implicit",
                    "Authorization_Code", "authorization_code ", "urn:example"
                })
        void anUnknownGrantIsRefused(String grant) {
            Refusal.assertError(shop.token(Map.of("grant_type", grant)), 400, "unsupported_grant_type");
        }
    }

    private boolean active(String token) {
        return shop.introspect(token).json().path("active").asBoolean();
    }

    private static Map<String, String> redemption(String code, String redirectUri) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("code_verifier", App.VERIFIER);
        if (redirectUri != null) {
            form.put("redirect_uri", redirectUri);
        }
        return form;
    }
}
