package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of other origins (CORS): those a client registered may read what they call, errors included; never with cookies. */
class CrossOriginTests {

    private static final String SPA = "https://spa.example";

    private final SignetServer server = SignetServer.shared();
    private final App spa = App.spa(server);

    @Nested
    class RegisteredOrigins {

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/token", "/oauth2/revoke", "/userinfo"})
        void areToldSoBeforehand(String path) {
            Http.Answer answer = preflight(path, SPA, path.equals("/userinfo") ? "GET" : "POST");

            assertThat(answer.status()).isEqualTo(204);
            assertThat(allowed(answer)).isEqualTo(SPA);
            assertThat(answer.header("Access-Control-Allow-Methods").orElseThrow())
                    .contains("POST");
            assertThat(answer.header("Access-Control-Allow-Headers")
                            .orElseThrow()
                            .toLowerCase())
                    .contains("authorization", "content-type", "dpop");
            assertThat(answer.header("Vary").orElseThrow()).contains("Origin");
        }

        @Test
        void mayReadTokens() {
            Map<String, String> form = redemption(spa.code());

            assertThat(allowed(Http.post(server.url("/oauth2/token"), form, Map.of("Origin", SPA))))
                    .isEqualTo(SPA);
        }

        @Test
        void mayReadErrorsOfEachKind() {
            for (Http.Answer answer : new Http.Answer[] {
                Http.post(server.url("/oauth2/token"), redemption("x"), Map.of("Origin", SPA)),
                Http.post(server.url("/oauth2/token"), Map.of("grant_type", "password"), Map.of("Origin", SPA)),
                Http.post(server.url("/oauth2/token"), "{}", Map.of("Origin", SPA, "Content-Type", "application/json")),
                Http.post(
                        server.url("/oauth2/revoke"),
                        Map.of("token", "x", "client_id", "nobody"),
                        Map.of("Origin", SPA)),
                Http.get(server.url("/oauth2/token"), Map.of("Origin", SPA)),
                Http.get(server.url("/userinfo"), Map.of("Origin", SPA, "Authorization", "Bearer x")),
                Raw.post(server, "/userinfo", "access_token=%ff", "Origin: " + SPA)
            }) {
                Refusal.assertClean(answer);
                assertThat(allowed(answer)).as(answer.toString()).isEqualTo(SPA);
                assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow())
                        .contains("WWW-Authenticate");
            }
        }
    }

    @Nested
    class OtherOrigins {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example", "null", "https://spa.example.evil.example", "http://spa.example",
                    "https://spa.example:8443", "https://SPA.example", "https://spa.example/",
                            "https://evil.example,https://spa.example",
                    "https://sub.spa.example", ""
                })
        void mayReadNothing(String origin) {
            for (String path : new String[] {"/oauth2/token", "/oauth2/revoke", "/userinfo"}) {
                Http.Answer preflight = preflight(path, origin, "POST");
                assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
                assertThat(preflight.header("Access-Control-Allow-Headers")).isEmpty();
                Http.Answer answer = Raw.post(server, path, "client_id=spa&token=x", "Origin: " + origin);
                assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            }
        }
    }

    @Nested
    class PublicAddresses {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server",
                    "/oauth2/jwks"
                })
        void areReadableFromEverywhereAndTheSameForAllCaches(String path) {
            Http.Answer without = Http.get(server.url(path));
            Http.Answer with = Http.get(server.url(path), Map.of("Origin", "https://anything.example"));

            // A cache may give either answer to either caller.
            assertThat(allowed(without)).isEqualTo("*");
            assertThat(allowed(with)).isEqualTo("*");
            assertThat(with.body()).isEqualTo(without.body());
            assertThat(preflight(path, "https://anything.example", "GET").status())
                    .isEqualTo(204);
        }
    }

    @Nested
    class Pages {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/login",
                    "/oauth2/authorize",
                    "/oauth2/consent",
                    "/logout",
                    "/account",
                    "/oauth2/introspect",
                    "/setup"
                })
        void areNoBusinessOfScripts(String path) {
            for (String origin : new String[] {SPA, "https://evil.example"}) {
                assertThat(preflight(path, origin, "POST").header("Access-Control-Allow-Origin"))
                        .isEmpty();
                assertThat(Http.get(server.url(path), Map.of("Origin", origin)).header("Access-Control-Allow-Origin"))
                        .isEmpty();
            }
        }
    }

    @Test
    void cookiesAreNeverAllowed() {
        for (String path : new String[] {"/oauth2/token", "/userinfo", "/oauth2/jwks", "/login", "/oauth2/authorize"}) {
            assertThat(preflight(path, SPA, "POST").header("Access-Control-Allow-Credentials"))
                    .isEmpty();
            assertThat(Http.get(server.url(path), Map.of("Origin", SPA)).header("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

    private Http.Answer preflight(String path, String origin, String method) {
        return Raw.request(
                server,
                "OPTIONS",
                path,
                new byte[0],
                "Origin: " + origin,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: authorization,dpop");
    }

    private Map<String, String> redemption(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", "spa");
        form.put("code", code);
        form.put("redirect_uri", spa.redirectUri());
        form.put("code_verifier", App.VERIFIER);
        return form;
    }

    private static String allowed(Http.Answer answer) {
        return answer.header("Access-Control-Allow-Origin").orElse(null);
    }
}
