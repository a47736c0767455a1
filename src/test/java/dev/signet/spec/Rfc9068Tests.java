package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 9068, JWT Profile for OAuth 2.0 Access Tokens: what a token of ours is made of. */
class Rfc9068Tests {

    private final SignetServer server = SignetServer.shared();
    private final App office = new App(
            server,
            "office",
            "office-secret-0123456789abcdef01234567",
            "https://office.example/cb",
            "openid orders:read");

    private final Map<String, String> machineRequest =
            Map.of("grant_type", "client_credentials", "scope", "orders:read", "resource", "https://orders.example");

    @Nested
    class Section2Point1 {

        @Test
        void theHeaderNamesTypeAlgorithmAndKey() throws Exception {
            for (Http.Answer tokens : List.of(office.tokens(), office.token(machineRequest))) {
                SignedJWT jwt = SignedJWT.parse(tokens.text("access_token"));
                assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
                assertThat(jwt.getHeader().getAlgorithm().getName()).isIn("ES256", "RS256");
                assertThat(jwt.getHeader().getKeyID()).isNotBlank();
                assertThat(jwt.getHeader().toJSONObject().keySet()).containsExactlyInAnyOrder("typ", "alg", "kid");
            }
        }
    }

    @Nested
    class Section2Point2 {

        @Test
        void aTokenOfAPersonHasAllTheClaims() throws Exception {
            Http.Answer tokens = office.tokens();
            JWTClaimsSet claims = office.verified(tokens.text("access_token"));
            required(claims);
            assertThat(claims.getSubject())
                    .isEqualTo(office.verified(tokens.text("id_token")).getSubject());
            assertThat(claims.getClaim("auth_time")).isInstanceOf(Long.class);
            assertThat(claims.getStringClaim("acr")).isNotBlank();
            assertThat(claims.getStringListClaim("amr")).containsExactly("pwd");
            assertThat(Arrays.asList(claims.getStringClaim("scope").split(" ")))
                    .containsExactlyInAnyOrder("openid", "orders:read");
        }

        @Test
        void aTokenOfAMachineIsAboutTheMachine() throws Exception {
            JWTClaimsSet claims = office.verified(office.token(machineRequest).text("access_token"));
            required(claims);
            assertThat(claims.getSubject()).isEqualTo("office");
            assertThat(claims.getClaims()).doesNotContainKeys("auth_time", "acr", "amr");
            assertThat(claims.getStringClaim("scope")).isEqualTo("orders:read");
        }

        @Test
        void noTwoTokensShareAnId() throws Exception {
            String first = office.verified(office.token(machineRequest).text("access_token"))
                    .getJWTID();
            assertThat(office.verified(office.token(machineRequest).text("access_token"))
                            .getJWTID())
                    .isNotEqualTo(first);
        }

        private void required(JWTClaimsSet claims) throws Exception {
            assertThat(claims.getIssuer()).isEqualTo(server.issuer());
            assertThat(claims.getExpirationTime()).isAfter(claims.getIssueTime());
            assertThat(claims.getNotBeforeTime()).isEqualTo(claims.getIssueTime());
            assertThat(claims.getAudience()).hasSize(1);
            assertThat(claims.getClaim("aud")).isNotNull();
            assertThat(claims.getSubject()).isNotBlank();
            assertThat(claims.getStringClaim("client_id")).isEqualTo("office");
            assertThat(claims.getJWTID()).isNotBlank();
            assertThat(claims.getClaim("scope")).isInstanceOf(String.class);
            assertThat(claims.getClaim("status")).isInstanceOf(Map.class);
        }
    }

    @Nested
    class Section3 {

        @Test
        void theAudienceIsTheResourceThatWasNamed() throws Exception {
            assertThat(office.verified(office.token(machineRequest).text("access_token"))
                            .getAudience())
                    .containsExactly("https://orders.example");
        }

        @Test
        void withoutAResourceItIsTheDefault() throws Exception {
            assertThat(office.verified(office.tokens().text("access_token")).getAudience())
                    .containsExactly(server.issuer());
        }
    }

    @Nested
    class Section4 {

        @Test
        void anIdTokenIsNoAccessToken() {
            String idToken = office.tokens().text("id_token");

            assertThat(office.userInfo(idToken).status()).isEqualTo(401);
            assertThat(office.introspect(idToken).body()).isEqualTo("{\"active\":false}");
        }

        @Test
        void anAccessTokenIsNoIdTokenHint() {
            Http.Answer answer = Http.get(office.address(
                    office.request(Map.of("id_token_hint", office.tokens().text("access_token")))));

            assertThat(answer.locationParameters()).containsEntry("error", "invalid_request");
        }
    }

    @Nested
    class Section6 {

        @Test
        void aTokenSaysNothingOfThePersonButTheSubject() throws Exception {
            JWTClaimsSet claims = office.verified(office.tokens().text("access_token"));

            assertThat(claims.getClaims()).doesNotContainKeys("email", "name", "given_name", "nonce", "sid");
            assertThat(claims.getExpirationTime().getTime()
                            - claims.getIssueTime().getTime())
                    .isEqualTo(900_000);
        }
    }
}
