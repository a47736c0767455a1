package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** OpenID Connect Core section 8: clients of different sectors know one person by different names. */
class PairwiseSubjectTests {

    private final SignetServer server = SignetServer.shared();
    private final App a = new App(
            server,
            "private-a",
            "private-a-secret-0123456789abcdef0123",
            "https://a.private.example/cb",
            "openid email");
    private final App b = new App(
            server,
            "private-b",
            "private-b-secret-0123456789abcdef0123",
            "https://b.private.example/cb",
            "openid email");
    private final App a2 = new App(server, "private-a2", null, "com.example.private:/cb", "openid email");

    private String subject(App app) throws Exception {
        return app.verified(app.tokens().text("id_token")).getSubject();
    }

    @Nested
    class Section8Point1 {

        @Test
        void aPersonHasOneNameInEachSector() throws Exception {
            String atA = subject(a);
            assertThat(atA).isEqualTo(subject(a)).isEqualTo(subject(a2)).hasSizeBetween(22, 255);
            assertThat(subject(b)).isNotEqualTo(atA);
            String known = subject(App.shop(server));
            assertThat(known).isNotIn(atA, subject(b));
            assertThat(a.verified(a.redeem(a.code("ben", "staple umbrella seven"))
                                    .text("id_token"))
                            .getSubject())
                    .isNotEqualTo(atA);
        }

        @Test
        void theNameIsTheSameWhereverTheClientMeetsIt() throws Exception {
            Http.Answer tokens = a.tokens();
            String subject = a.verified(tokens.text("id_token")).getSubject();
            JWTClaimsSet access = a.verified(tokens.text("access_token"));
            assertThat(access.getSubject()).isEqualTo(subject);
            assertThat(a.userInfo(tokens.text("access_token")).text("sub")).isEqualTo(subject);
            assertThat(a.introspect(tokens.text("access_token")).text("sub")).isEqualTo(subject);
            assertThat(a.introspect(tokens.text("refresh_token")).text("sub")).isEqualTo(subject);
            Http.Answer refreshed = a.refresh(tokens.text("refresh_token"));
            assertThat(a.verified(refreshed.text("id_token")).getSubject()).isEqualTo(subject);
        }

        @Test
        void nothingTheClientGetsHoldsTheCommonName() throws Exception {
            String common = subject(App.shop(server));
            Http.Answer tokens = a.tokens();
            assertThat(a.verified(tokens.text("access_token")).toString()).doesNotContain(common);
            assertThat(a.verified(tokens.text("id_token")).toString()).doesNotContain(common);
            assertThat(a.userInfo(tokens.text("access_token")).body()).doesNotContain(common);
        }
    }

    @Test
    void hintsAndDemandedSubjectsAreComparedWithTheClientsView() throws Exception {
        Browser browser = new Browser(server).open(a.address(a.request())).signIn("ada", "correct horse battery");
        Http.Answer tokens = a.redeem(a.code(browser));
        String subject = a.verified(tokens.text("id_token")).getSubject();

        browser.open(a.address(a.request(Map.of("prompt", "none", "id_token_hint", tokens.text("id_token")))));
        assertThat(browser.callbackParameters()).containsKey("code");
        browser.open(a.address(a.request(Map.of("prompt", "none", "claims", demanded(subject)))));
        assertThat(browser.callbackParameters()).containsKey("code");

        browser.open(b.address(b.request(Map.of("prompt", "none", "claims", demanded(subject)))));
        assertThat(browser.callbackParameters()).containsEntry("error", "login_required");
        browser.open(a.address(a.request(Map.of("prompt", "none", "claims", demanded(subject(App.shop(server)))))));
        assertThat(browser.callbackParameters()).containsEntry("error", "login_required");
    }

    @Test
    void signingOutByAnIdTokenNeedsNoQuestion() {
        Browser browser = new Browser(server).open(a.address(a.request())).signIn("ada", "correct horse battery");
        Http.Answer tokens = a.redeem(a.code(browser));
        browser.open(server.issuer() + "/logout?id_token_hint=" + tokens.text("id_token")
                + "&post_logout_redirect_uri=https%3A%2F%2Fa.private.example%2Fbye");
        assertThat(browser.callback().toString()).isEqualTo("https://a.private.example/bye");
        assertThat(a.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void theMetadataOffersBoth() {
        assertThat(Http.get(server.url("/.well-known/openid-configuration"))
                        .json()
                        .path("subject_types_supported")
                        .toString())
                .isEqualTo("[\"public\",\"pairwise\"]");
    }

    private static String demanded(String subject) {
        return "{\"id_token\":{\"sub\":{\"value\":\"" + subject + "\"}}}";
    }
}
