package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Claims that scopes and clients map from roles and attributes, and what is never let into one. */
class MappedClaimsTests {

    private static final String PROJECTS = "https://office.example/projects";

    private final SignetServer server = SignetServer.shared();
    private final App office = new App(
            server,
            "office",
            "office-secret-0123456789abcdef01234567",
            "https://office.example/cb",
            "openid profile orders:read");

    @Test
    void aClaimStandsWhereItWasMappedToAndListsStayLists() throws Exception {
        Http.Answer tokens = office.tokens();
        JWTClaimsSet access = office.verified(tokens.text("access_token"));
        JWTClaimsSet id = office.verified(tokens.text("id_token"));
        JsonNode userInfo = office.userInfo(tokens.text("access_token")).json();

        assertThat(access.getStringClaim("tenant")).isEqualTo("acme");
        assertThat(access.getClaim(PROJECTS)).isEqualTo(List.of("alpha", "beta"));
        assertThat(access.getClaim("roles")).isEqualTo(List.of("buyer", "user"));
        assertThat(access.getClaims()).doesNotContainKeys("groups", "beta");

        assertThat(id.getClaim("roles")).isEqualTo(List.of("buyer", "user"));
        assertThat(id.getClaim("beta")).isEqualTo(true);
        assertThat(id.getClaims()).doesNotContainKeys("tenant", PROJECTS, "groups");

        assertThat(userInfo.path(PROJECTS).toString()).isEqualTo("[\"alpha\",\"beta\"]");
        assertThat(userInfo.path("groups").toString()).isEqualTo("[\"ops\"]");
        assertThat(userInfo.path("beta").asBoolean()).isTrue();
        assertThat(userInfo.has("tenant")).isFalse();
        assertThat(userInfo.has("roles")).isFalse();

        JsonNode introspected = office.introspect(tokens.text("access_token")).json();
        assertThat(introspected.path("tenant").asString()).isEqualTo("acme");
    }

    @Test
    void aRefreshedTokenHasThemToo() throws Exception {
        Http.Answer refreshed = office.refresh(office.tokens().text("refresh_token"));
        assertThat(office.verified(refreshed.text("access_token")).getStringClaim("tenant"))
                .isEqualTo("acme");
        assertThat(office.verified(refreshed.text("id_token")).getClaim("roles"))
                .isEqualTo(List.of("buyer", "user"));
    }

    @Test
    void aScopeThatWasNotGrantedMapsNothing() {
        Http.Answer tokens = office.withScope("openid").tokens();
        assertThat(office.verified(tokens.text("access_token")).getClaims())
                .doesNotContainKey("tenant")
                .containsKey("roles");
    }

    @Test
    void whatLooksLikeACardNumberIsLeftOutWhereverItCameFrom() {
        try {
            attributes("jsonb_set(attributes, '{tenant}', '\"4111 1111 1111 1111\"')");
            Http.Answer tokens = office.tokens();
            assertThat(tokens.status()).isEqualTo(200);
            assertThat(office.verified(tokens.text("access_token")).getClaims())
                    .doesNotContainKey("tenant")
                    .containsKey("roles");
            assertThat(server.database()
                            .jdbc()
                            .sql("select reason || ' ' || (detail->>'claim') || ' ' || coalesce(detail::text, '')"
                                    + " from audit_event where kind = 'claim_withheld'")
                            .query(String.class)
                            .list())
                    .isNotEmpty()
                    .allSatisfy(text -> assertThat(text)
                            .startsWith("looks like a payment card number tenant")
                            .doesNotContain("4111"));
        } finally {
            attributes("jsonb_set(attributes, '{tenant}', '\"acme\"')");
        }
    }

    private void attributes(String expression) {
        server.database()
                .jdbc()
                .sql("update user_account set attributes = " + expression + " where username = 'ada'")
                .update();
    }
}
