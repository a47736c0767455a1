package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a request's first line and head, nothing breaks and nothing of the inside shows. */
class MalformedHeadTests {

    private static final String SHOP = "Authorization: " + Http.basic("shop", "shop-secret-0123456789abcdef0123456789");

    private final SignetServer server = SignetServer.shared();

    @Nested
    class Heads {

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/token", "/login", "/oauth2/jwks", "/nowhere"})
        void twoHundredHeadersAreRefusedOrIgnored(String path) {
            String[] many =
                    IntStream.range(0, 200).mapToObj(i -> "X-H" + i + ": v").toArray(String[]::new);

            assertIgnoredOrRefused(Raw.get(server, path, many));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/token", "/login", "/oauth2/jwks"})
        void aHeadOfSixtyFourKilobytesIsRefused(String path) {
            Refusal.assertClean(Raw.get(server, path, "X-Long: " + "a".repeat(65_536)));
            Refusal.assertClean(Raw.get(server, path + "?a=" + "a".repeat(65_536)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Cookie: signet_session=sgn_ss_\u00ff\u0001; ;;==; \"",
                    "Cookie: signet_lang=\"; signet_scheme=}{",
                    "Accept-Language: ,;q=,*;q=9,de-DE-DE-DE;q=0.x",
                    "Accept-Language: ;q=",
                    "Accept: ////",
                    "Accept: text/html;q=abc",
                    "Content-Type: ;;;",
                    "Origin: \u00e9://",
                    "Sec-Fetch-Site: ???",
                    "User-Agent: \u0000",
                    "X-Forwarded-For: ' ; drop table",
                    "If-None-Match: \"",
                    "Range: bytes=9999999999999999999-",
                    "Expect: something",
                    "Content-Length: -1",
                    "Content-Length: 99999999999999999999",
                    "Transfer-Encoding: gzip, chunked, odd",
                    "Authorization: Basic",
                    "Authorization: Basic ====",
                    "Authorization: \u00e9",
                    "Connection: upgrade, h2c\r\nUpgrade: h2c",
                    "Host: a\r\nHost: b",
                    "Host: [::",
                    " leading: x",
                    "no colon"
                })
        void strangeHeadersBreakNothing(String header) {
            for (String path :
                    new String[] {"/login", "/oauth2/jwks", "/userinfo", "/oauth2/token", "/oauth2/authorize"}) {
                assertIgnoredOrRefused(Raw.get(server, path, header));
            }
        }

        /** Answered as if the odd header were not there, or refused as everything is refused. */
        private static void assertIgnoredOrRefused(Http.Answer answer) {
            if (answer.status() < 400) {
                Refusal.assertNothingOfTheInside(answer);
            } else {
                Refusal.assertClean(answer);
            }
        }
    }

    @Nested
    class Methods {

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "BREW", "get"})
        void endpointsForClientsTakePostAlone(String method) {
            for (String path : new String[] {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect"}) {
                Http.Answer answer = Raw.request(server, method, path, new byte[0], SHOP);
                assertThat(answer.status()).as(method + path).isIn(405, 501, 400);
                assertThat(answer.status()).isNotEqualTo(501);
                Refusal.assertNothingOfTheInside(answer);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "BREW"})
        void pagesTakeGetAndPostAlone(String method) {
            for (String path : new String[] {
                "/login",
                "/oauth2/authorize",
                "/oauth2/consent",
                "/logout",
                "/account",
                "/setup",
                "/nowhere",
                "/userinfo",
                "/oauth2/jwks",
                "/.well-known/openid-configuration",
                "/errors/AS-1001"
            }) {
                Http.Answer answer = Raw.request(server, method, path, new byte[0]);
                assertThat(answer.status()).as(method + " " + path).isIn(400, 401, 403, 404, 405);
                Refusal.assertNothingOfTheInside(answer);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/login",
                    "/oauth2/consent",
                    "/logout",
                    "/account",
                    "/setup",
                    "/nowhere",
                    "/userinfo",
                    "/oauth2/jwks",
                    "/.well-known/openid-configuration",
                    "/"
                })
        void headIsAnsweredLikeGetWithoutABody(String path) {
            Http.Answer head = Raw.request(server, "HEAD", path, new byte[0]);

            assertThat(head.status()).isEqualTo(Raw.get(server, path).status());
            assertThat(head.body()).isEmpty();
        }

        @Test
        void traceEchoesNothing() {
            Http.Answer answer = Raw.request(server, "TRACE", "/login", new byte[0], "Cookie: signet_session=secret");

            assertThat(answer.body()).doesNotContain("secret");
        }

        @Test
        void anotherMethodByHeaderOrFieldIsNotTaken() {
            Http.Answer answer = Raw.get(server, "/oauth2/token?_method=POST", "X-HTTP-Method-Override: POST", SHOP);

            Refusal.assertError(answer, 405, "invalid_request");
        }
    }

    @Nested
    class Lines {

        @Test
        void halfARequestLineIsRefused() {
            for (String line : new String[] {
                "GET\r\n\r\n",
                "\r\n\r\nGARBAGE\r\n\r\n",
                "GET /login HTTP/9.9\r\n\r\n",
                "GET /lo\0gin HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /login{}|^ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n"
            }) {
                Http.Answer answer = Raw.send(server, line.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(answer.status()).as(line).isBetween(400, 505);
                assertThat(answer.status()).as(line).isNotIn(500, 502, 503, 504);
                Refusal.assertNothingOfTheInside(answer);
            }
        }

        @Test
        void anOldVersionWithoutAHostIsAnsweredFromTheConfiguration() {
            Http.Answer answer = Raw.send(server, "GET /account HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(answer.location().toString()).startsWith(server.issuer() + "/login?");
        }

        @Test
        void twoLengthsOrTwoFramingsAreNotTwoRequests() {
            String smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
            for (String framing : new String[] {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 5\r\nContent-Length: 0\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding : chunked\r\n", "Transfer-Encoding:\u000bchunked\r\n"
            }) {
                String request =
                        "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                + framing + "\r\n0\r\n\r\n" + smuggled;
                Http.Answer answer = Raw.send(server, request.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(answer.status()).as(framing).isIn(400, 401, 501);
                assertThat(answer.body()).as(framing).doesNotContain("HTTP/1.1");
            }
        }
    }
}
