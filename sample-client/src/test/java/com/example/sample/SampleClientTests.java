package com.example.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.client-secret=for-this-test-only")
class SampleClientTests {

    private static final TestProvider PROVIDER = new TestProvider();
    private static final String API = "http://127.0.0.1:9001/api";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        registry.add("sample.issuer", PROVIDER::issuer);
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @Test
    void sendsThePersonToTheProviderWithProofKeyStateAndNonce() throws Exception {
        HttpResponse<String> response = get("/oauth2/authorization/signet");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow())
                .startsWith(PROVIDER.issuer() + "/authorize?")
                .contains("response_type=code", "client_id=sample", "code_challenge_method=S256", "code_challenge=")
                .contains("state=", "nonce=", "redirect_uri=http://127.0.0.1:9001/login/oauth2/code/signet")
                .contains("scope=openid");
    }

    @Test
    void keepsItsOneCookieFromScriptsAndForeignPages() throws Exception {
        HttpResponse<String> response = get("/oauth2/authorization/signet");

        assertThat(response.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("sample_session=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure", "Domain");
    }

    @Test
    void showsTheSignInToStrangersAndSendsThemThereFromEverywhereElse() throws Exception {
        assertThat(get("/").body()).contains("Sign in with Signet").doesNotContain("<script");
        HttpResponse<String> elsewhere = get("/orders");
        assertThat(elsewhere.statusCode()).isEqualTo(302);
        assertThat(elsewhere.headers().firstValue("Location").orElseThrow()).endsWith("/");
    }

    @Test
    void refusesFormsWithoutTheTokenAgainstForgery() throws Exception {
        for (String path : new String[] {"/refresh", "/orders", "/userinfo", "/logout"}) {
            HttpRequest forged =
                    request(path).POST(HttpRequest.BodyPublishers.noBody()).build();
            assertThat(http.send(forged, BodyHandlers.ofString()).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void allowsNoScriptAndNoForeignFrame() throws Exception {
        assertThat(get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self' " + PROVIDER.issuer())
                .doesNotContain("unsafe", "script-src");
    }

    @Test
    void tellsACancelledSignInFromAFailedOneInItsOwnWords() throws Exception {
        HttpResponse<String> begin = get("/oauth2/authorization/signet");
        String cookie = begin.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        Matcher state = Pattern.compile("state=([^&]+)")
                .matcher(begin.headers().firstValue("Location").orElseThrow());
        assertThat(state.find()).isTrue();

        HttpRequest back = request("/login/oauth2/code/signet?error=access_denied&state=" + state.group(1))
                .header("Cookie", cookie)
                .build();

        HttpResponse<String> response = http.send(back, BodyHandlers.ofString());
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/?problem=cancelled");
        assertThat(get("/?problem=cancelled").body()).contains("You cancelled the sign-in");
        assertThat(get("/?problem=<b>").body()).doesNotContain("<b>", "id=\"problem\"");
    }

    @Test
    void theApiAnswersAnAccessTokenMadeForIt() throws Exception {
        HttpResponse<String> response = callApi(PROVIDER.token("at+jwt", API, "openid api:read"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"subject\":\"someone\"", "Brass compass");
    }

    @Test
    void theApiRefusesEveryOtherToken() throws Exception {
        assertThat(get("/api/orders").statusCode()).isEqualTo(401);
        assertThat(get("/api/orders").headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
        assertThat(callApi("nonsense").statusCode()).isEqualTo(401);
        assertThat(callApi(PROVIDER.token("at+jwt", "https://elsewhere.example", "api:read"))
                        .statusCode())
                .as("audience")
                .isEqualTo(401);
        assertThat(callApi(PROVIDER.token("JWT", API, "api:read")).statusCode())
                .as("type")
                .isEqualTo(401);
        assertThat(callApi(PROVIDER.token("at+jwt", API, "openid")).statusCode())
                .as("scope")
                .isEqualTo(403);
    }

    private HttpResponse<String> callApi(String token) throws Exception {
        HttpRequest request = request("/api/orders")
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + path.replace("<", "%3C").replace(">", "%3E")));
    }
}
