package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server is for, in one thread: a person signs in, the app gets tokens, uses, refreshes and ends them. */
class MainJobTests {

    private final SignetServer server = SignetServer.shared();

    @Test
    void aPersonSignsInToAnAppAndOut() throws Exception {
        App shop = App.shop(server);
        Map<String, String> request = shop.request();
        Browser browser = new Browser(server).open(shop.address(request));
        assertThat(browser.pageId()).isEqualTo("page-login");

        browser.signIn("ada@example.com", "correct horse battery");
        Map<String, String> callback = browser.callbackParameters();
        assertThat(browser.callback().toString()).startsWith("https://shop.example/cb?");
        assertThat(callback).containsEntry("state", request.get("state")).containsEntry("iss", server.issuer());

        Http.Answer tokens = shop.redeem(callback.get("code"));
        assertThat(tokens.status()).isEqualTo(200);
        JWTClaimsSet idToken = shop.verified(tokens.text("id_token"));
        assertThat(idToken.getAudience()).containsExactly("shop");
        assertThat(idToken.getStringClaim("nonce")).isEqualTo(request.get("nonce"));

        assertThat(shop.userInfo(tokens.text("access_token")).text("email")).isEqualTo("ada@example.com");
        assertThat(shop.introspect(tokens.text("access_token"))
                        .json()
                        .path("active")
                        .asBoolean())
                .isTrue();

        Http.Answer refreshed = shop.refresh(tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.text("refresh_token")).isNotEqualTo(tokens.text("refresh_token"));

        browser.open(server.issuer() + "/logout?id_token_hint=" + tokens.text("id_token")
                + "&post_logout_redirect_uri=https%3A%2F%2Fshop.example%2Fbye&state=s1");
        assertThat(browser.callback().toString()).isEqualTo("https://shop.example/bye?state=s1");
        assertThat(shop.refresh(refreshed.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }
}
