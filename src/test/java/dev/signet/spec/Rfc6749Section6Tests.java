package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Refreshing an access token: families of refresh tokens that rotate (RFC 9700 section 4.14.2), bear a lost answer, and
 * end when a token is replayed.
 */
class Rfc6749Section6Tests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    @Nested
    class Rotation {

        @ParameterizedTest
        @ValueSource(strings = {"shop", "spa", "desktop"})
        void eachRefreshGivesANewPair(String kind) {
            App app = app(kind);
            Http.Answer first = app.tokens();
            Http.Answer second = app.refresh(first.text("refresh_token"));

            assertThat(second.status()).isEqualTo(200);
            assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
            assertThat(second.text("access_token")).isNotEqualTo(first.text("access_token"));
            assertThat(second.text("scope")).isEqualTo(first.text("scope"));
            assertThat(second.header("Cache-Control")).hasValue("no-store");
        }

        @Test
        void accessTokensOfEarlierRefreshesLiveOn() {
            Http.Answer first = shop.tokens();
            shop.refresh(first.text("refresh_token"));

            assertThat(active(first.text("access_token"))).isTrue();
        }

        @Test
        void theIdTokenOfARefreshIsOfTheSamePersonAndSignIn() throws Exception {
            Http.Answer first = shop.tokens();
            JWTClaimsSet before = shop.verified(first.text("id_token"));
            JWTClaimsSet after =
                    shop.verified(shop.refresh(first.text("refresh_token")).text("id_token"));

            assertThat(after.getSubject()).isEqualTo(before.getSubject());
            assertThat(after.getAudience()).isEqualTo(before.getAudience());
            assertThat(after.getClaim("auth_time")).isEqualTo(before.getClaim("auth_time"));
            assertThat(after.getClaim("nonce")).isNull();
        }
    }

    @Nested
    class Repeats {

        @ParameterizedTest
        @ValueSource(strings = {"shop", "spa"})
        void aRepeatWithinTheWindowGetsTheSameSuccessor(String kind) {
            App app = app(kind);
            String token = app.tokens().text("refresh_token");
            Http.Answer lost = app.refresh(token);
            Http.Answer again = app.refresh(token);

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.text("refresh_token")).isEqualTo(lost.text("refresh_token"));
            assertThat(app.refresh(again.text("refresh_token")).status()).isEqualTo(200);
        }

        @Test
        void aRepeatDoesNotPutOffTheEndOfTheWindow() {
            String token = shop.tokens().text("refresh_token");
            shop.refresh(token);
            move(token, "previous_used_at = previous_used_at - interval '20 s'");
            assertThat(shop.refresh(token).status()).isEqualTo(200);
            move(token, "previous_used_at = previous_used_at - interval '11 s'");

            Refusal.assertInvalidGrant(shop.refresh(token));
        }

        @Test
        void aRepeatAfterTheSuccessorWasUsedEndsTheFamily() {
            String token = shop.tokens().text("refresh_token");
            Http.Answer second = shop.refresh(token);
            Http.Answer third = shop.refresh(second.text("refresh_token"));

            Refusal.assertInvalidGrant(shop.refresh(token));
            Refusal.assertInvalidGrant(shop.refresh(third.text("refresh_token")));
        }
    }

    @Nested
    class Replays {

        @ParameterizedTest
        @ValueSource(strings = {"shop", "spa"})
        void aReplayAfterTheWindowEndsTheWholeFamily(String kind) {
            App app = app(kind);
            Http.Answer first = app.tokens();
            Http.Answer second = app.refresh(first.text("refresh_token"));
            move(first.text("refresh_token"), "previous_used_at = previous_used_at - interval '31 s'");

            Refusal.assertInvalidGrant(app.refresh(first.text("refresh_token")));
            Refusal.assertInvalidGrant(app.refresh(second.text("refresh_token")));
            for (Http.Answer tokens : new Http.Answer[] {first, second}) {
                assertThat(app.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
            }
        }

        @Test
        void aReplayOfAnOlderGenerationEndsTheFamilyWithinTheWindowToo() {
            Http.Answer first = shop.tokens();
            Http.Answer second = shop.refresh(first.text("refresh_token"));
            Http.Answer third = shop.refresh(second.text("refresh_token"));

            Refusal.assertInvalidGrant(shop.refresh(first.text("refresh_token")));
            Refusal.assertInvalidGrant(shop.refresh(third.text("refresh_token")));
            assertThat(active(third.text("access_token"))).isFalse();
            assertThat(events("refresh_reused", first.text("refresh_token"))).isEqualTo(1);
        }

        @Test
        void aSecondFamilyOfTheSamePersonAndAppLivesOn() {
            Http.Answer other = shop.tokens();
            Http.Answer first = shop.tokens();
            Http.Answer second = shop.refresh(first.text("refresh_token"));
            shop.refresh(second.text("refresh_token"));

            Refusal.assertInvalidGrant(shop.refresh(first.text("refresh_token")));
            assertThat(shop.refresh(other.text("refresh_token")).status()).isEqualTo(200);
        }

        @Test
        void aTokenAheadOfItsRowIsRefusedWithoutAlarm() {
            Http.Answer first = shop.tokens();
            Http.Answer second = shop.refresh(first.text("refresh_token"));
            Http.Answer third = shop.refresh(second.text("refresh_token"));
            // As after the restore of a backup from before the last refresh.
            move(
                    first.text("refresh_token"),
                    "generation = generation - 1, refresh_digest = previous_digest, previous_digest = null,"
                            + " previous_used_at = null");

            Refusal.assertInvalidGrant(shop.refresh(third.text("refresh_token")));
            assertThat(events("refresh_reused", first.text("refresh_token"))).isZero();
            assertThat(shop.refresh(second.text("refresh_token")).status()).isEqualTo(200);
        }
    }

    @Nested
    class OtherClients {

        @Test
        void aRefreshTokenIsTheClientsItWasIssuedTo() {
            Http.Answer first = shop.tokens();

            Refusal.assertInvalidGrant(App.forum(server).refresh(first.text("refresh_token")));
            Refusal.assertInvalidGrant(App.spa(server).refresh(first.text("refresh_token")));
            Http.Answer second = shop.refresh(first.text("refresh_token"));
            assertThat(second.status()).as("the attempts did no harm").isEqualTo(200);

            // Nor may another client end the family with a spent token.
            move(first.text("refresh_token"), "previous_used_at = previous_used_at - interval '1 h'");
            Refusal.assertInvalidGrant(App.spa(server).refresh(first.text("refresh_token")));
            assertThat(shop.refresh(second.text("refresh_token")).status()).isEqualTo(200);
        }

        @Test
        void aClientWithoutCredentialsIsNobody() {
            String token = shop.tokens().text("refresh_token");
            Map<String, String> form =
                    Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", "shop");

            Refusal.assertError(Http.post(server.url("/oauth2/token"), form, Map.of()), 401, "invalid_client");
            assertThat(shop.refresh(token).status()).isEqualTo(200);
        }
    }

    @Nested
    class Scope {

        @Test
        void mayBeNarrowedForOneAccessToken() throws Exception {
            Http.Answer first = shop.tokens();
            Http.Answer narrow = shop.token(refresh(first.text("refresh_token"), "openid"));

            assertThat(narrow.text("scope")).isEqualTo("openid");
            assertThat(shop.verified(narrow.text("access_token")).getStringClaim("scope"))
                    .isEqualTo("openid");
            assertThat(shop.userInfo(narrow.text("access_token")).json().has("email"))
                    .isFalse();
            // The refresh token keeps what was granted: "the refresh token scope MUST be identical".
            assertThat(shop.refresh(narrow.text("refresh_token")).text("scope").split(" "))
                    .containsExactlyInAnyOrder("openid", "profile", "email");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "openid phone",
                    "phone",
                    "api:read",
                    "openid profile email address",
                    "openid\tphone",
                    "openid,profile",
                    "openid\nprofile",
                    "openid+phone",
                    "OPENID",
                    "*",
                    "openid\u00a0phone",
                    "openid%20phone",
                    "admin"
                })
        void isNeverWidened(String scope) {
            String token = shop.tokens().text("refresh_token");

            Http.Answer answer = shop.token(refresh(token, scope));

            Refusal.assertClean(answer);
            assertThat(answer.text("error")).isEqualTo("invalid_scope");
            assertThat(shop.refresh(token).status())
                    .as("the attempt spent nothing")
                    .isEqualTo(200);
        }

        @Test
        void isWithoutWhatTheAppMayNotAskForAnyMore() {
            try (SignetServer own = SignetServer.start(TestDatabase.create(), Map.of("signet.clients.max-age", "0s"))) {
                App app = App.shop(own);
                String refreshToken = app.tokens().text("refresh_token");
                own.database()
                        .jdbc()
                        .sql("update client set scopes = '{openid,profile}' where client_id = 'shop'")
                        .update();
                Http.Answer refreshed = app.refresh(refreshToken);
                assertThat(refreshed.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "profile");
            }
        }

        @Test
        void aNarrowedRefreshIsNotAWayToWidenByARepeat() {
            String token = shop.tokens().text("refresh_token");
            shop.token(refresh(token, "openid"));

            Refusal.assertError(shop.token(refresh(token, "openid phone")), 400, "invalid_scope");
        }

        @Test
        void withoutOpenidThereIsNoIdTokenAndNoUserInfo() {
            Http.Answer answer = shop.token(refresh(shop.tokens().text("refresh_token"), "profile"));

            assertThat(answer.json().has("id_token")).isFalse();
            assertThat(shop.userInfo(answer.text("access_token")).status()).isEqualTo(403);
        }

        private Map<String, String> refresh(String token, String scope) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", token);
            form.put("scope", scope);
            return form;
        }
    }

    @Nested
    class Lifetimes {

        @Test
        void aTokenNotUsedForFourteenDaysHasExpired() {
            String token = shop.tokens().text("refresh_token");
            move(token, "idle_expires_at = idle_expires_at - interval '14 d'");

            Refusal.assertInvalidGrant(shop.refresh(token));
            assertThat(active(token)).isFalse();
        }

        @Test
        void aTokenUsedAfterThirteenDaysLivesForFourteenMore() {
            String token = shop.tokens().text("refresh_token");
            move(token, "idle_expires_at = idle_expires_at - interval '13 d'");
            String next = shop.refresh(token).text("refresh_token");
            move(token, "idle_expires_at = idle_expires_at - interval '13 d 23 h'");

            assertThat(shop.refresh(next).status()).isEqualTo(200);
        }

        @Test
        void aFamilyEndsAfterThirtyDaysHoweverOftenItWasUsed() {
            String token = shop.tokens().text("refresh_token");
            String next = shop.refresh(token).text("refresh_token");
            move(token, "absolute_expires_at = absolute_expires_at - interval '30 d'");

            Refusal.assertInvalidGrant(shop.refresh(next));
        }

        @Test
        void aRepeatDoesNotOutliveTheFamily() {
            String token = shop.tokens().text("refresh_token");
            shop.refresh(token);
            move(token, "absolute_expires_at = now() - interval '1 s'");

            Refusal.assertInvalidGrant(shop.refresh(token));
        }
    }

    @Nested
    class Malformed {

        @ParameterizedTest
        @ValueSource(strings = {"x", "sgn_rt_", "sgn_rt_AAAA", "sgn_ac_AAAA", "null", "-", "eyJhbGciOiJub25lIn0.e30."})
        void aTokenNobodyIssuedIsRefused(String token) {
            Refusal.assertInvalidGrant(shop.refresh(token));
        }

        @Test
        void anAlteredTokenIsRefusedAndLeavesTheGenuineOneAlone() {
            String token = shop.tokens().text("refresh_token");
            for (int at = 7; at < token.length(); at += 9) {
                char other = token.charAt(at) == 'A' ? 'B' : 'A';
                Refusal.assertInvalidGrant(shop.refresh(token.substring(0, at) + other + token.substring(at + 1)));
            }

            assertThat(shop.refresh(token).status()).isEqualTo(200);
        }

        @Test
        void otherBearerValuesAreNoRefreshTokens() {
            Http.Answer tokens = shop.tokens();

            Refusal.assertInvalidGrant(shop.refresh(tokens.text("access_token")));
            Refusal.assertInvalidGrant(shop.refresh(tokens.text("id_token")));
            Refusal.assertInvalidGrant(shop.refresh(shop.code()));
        }

        @Test
        void aMissingTokenIsRefused() {
            Refusal.assertError(shop.token(Map.of("grant_type", "refresh_token")), 400, "invalid_request");
        }
    }

    private App app(String kind) {
        return switch (kind) {
            case "spa" -> App.spa(server);
            case "desktop" -> App.desktop(server);
            default -> shop;
        };
    }

    private boolean active(String token) {
        return shop.introspect(token).json().path("active").asBoolean();
    }

    private void move(String refreshToken, String change) {
        Family.of(server, refreshToken).move(change);
    }

    private int events(String kind, String refreshToken) {
        return Family.of(server, refreshToken).events(kind);
    }
}
