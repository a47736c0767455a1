package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever parameters arrive, the answer is a refusal in good form: a 4xx with an error id, as JSON or a page, and nothing
 * of the inside.
 */
class MalformedBodyTests {

    private static final String SHOP = "Authorization: " + Http.basic("shop", "shop-secret-0123456789abcdef0123456789");

    private final SignetServer server = SignetServer.shared();

    @Nested
    class Bodies {

        @ParameterizedTest
        @ValueSource(
                strings = {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect", "/userinfo", "/login", "/setup"})
        void aBodyOfAMegabyteIsRefused(String path) {
            String body = "token=" + "a".repeat(1 << 20);

            Refusal.assertClean(Raw.post(server, path, body, SHOP));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/authorize", "/logout", "/login/confirm", "/login/accounts", "/oauth2/consent"})
        void aBodyOfAMegabyteForAPageIsRefused(String path) {
            Refusal.assertClean(Raw.post(server, path, "client_id=" + "a".repeat(1 << 20)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/oauth2/token", "/oauth2/revoke", "/userinfo", "/login", "/oauth2/authorize", "/logout"})
        void aChunkedBodyOfAMegabyteIsRefused(String path) {
            String chunk = "1000\r\n" + "a".repeat(0x1000) + "\r\n";

            Refusal.assertClean(Raw.post(
                    server,
                    path,
                    "4\r\nabc=\r\n" + chunk.repeat(256) + "0\r\n\r\n",
                    SHOP,
                    "Transfer-Encoding: chunked"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/token", "/login", "/userinfo", "/oauth2/authorize"})
        void aBodyWithoutEndIsRefusedBeforeItsEnd(String path) {
            String chunk = "1000\r\n" + "a".repeat(0x1000) + "\r\n";

            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> Refusal.assertClean(Raw.post(
                            server, path, "4\r\nabc=\r\n" + chunk.repeat(40), SHOP, "Transfer-Encoding: chunked")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/token", "/login", "/userinfo", "/oauth2/authorize"})
        void aBrokenChunkIsRefused(String path) {
            Http.Answer answer = Raw.post(server, path, "zzzz\r\nabc\r\n0\r\n\r\n", SHOP, "Transfer-Encoding: chunked");

            assertThat(answer.status()).isBetween(400, 499);
            Refusal.assertNothingOfTheInside(answer);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/oauth2/token", "/oauth2/revoke", "/userinfo", "/login", "/oauth2/authorize", "/logout"})
        void twentyThousandParametersAreRefused(String path) {
            String body =
                    IntStream.range(0, 20_000).mapToObj(i -> "p" + i + "=").collect(Collectors.joining("&"));

            Refusal.assertClean(Raw.post(server, path, body, SHOP));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/userinfo", "/login", "/oauth2/authorize"})
        void aCompressedBodyIsRefused(String path) {
            byte[] body = gzip("grant_type=client_credentials&access_token=x&username=ada&client_id=shop");

            Refusal.assertClean(Raw.post(server, path, body, SHOP, "Content-Encoding: gzip"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "text/plain",
                    "multipart/form-data; boundary=x",
                    "multipart/form-data",
                    "application/x-www-form-urlencoded-or-so",
                    "a/b/c",
                    ";",
                    "*/*"
                })
        void otherContentTypesAreRefused(String type) {
            String body =
                    "--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nclient_credentials\r\n--x--\r\n";

            for (String path : new String[] {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect", "/userinfo"}) {
                Refusal.assertClean(Raw.post(server, path, body, SHOP, "Content-Type: " + type));
            }
            for (String path : new String[] {"/login", "/oauth2/authorize", "/oauth2/consent"}) {
                Refusal.assertClean(Raw.post(server, path, body, "Content-Type: " + type));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"utf-16", "utf-7", "IBM037", "no-such-charset", "\"", "utf-8; utf-8"})
        void anotherCharsetChangesNothing(String charset) {
            Http.Answer answer = Raw.post(
                    server,
                    "/oauth2/token",
                    "grant_type=authorization_code&code=nothing",
                    SHOP,
                    "Content-Type: application/x-www-form-urlencoded; charset=" + charset);

            Refusal.assertClean(answer);
        }

        @Test
        void anEmptyBodyIsRefused() {
            for (String path : new String[] {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect"}) {
                Refusal.assertError(Raw.post(server, path, "", SHOP), 400, "invalid_request");
            }
        }
    }

    @Nested
    class Characters {

        @ParameterizedTest
        @CsvSource({
            "%00",
            "%ff%fe",
            "%C0%AF",
            "%ED%A0%80",
            "%F5%80%80%80",
            "%",
            "%zz",
            "%1",
            "%u0041",
            "%7F",
            "%0b",
            "%c3",
        })
        void malformedParametersOfClientsAreRefused(String junk) {
            for (String name : new String[] {
                "grant_type",
                "code",
                "refresh_token",
                "redirect_uri",
                "code_verifier",
                "scope",
                "client_id",
                "token",
                "x"
            }) {
                String good = name.equals("grant_type") ? "" : "grant_type=authorization_code&";
                Refusal.assertClean(Raw.post(server, "/oauth2/token", good + name + "=a" + junk, SHOP));
            }
            Refusal.assertClean(Raw.post(server, "/oauth2/token", "client_id=a" + junk + "&client_secret=b"));
            Refusal.assertClean(Raw.post(server, "/oauth2/token", "grant_type=refresh_token&refr" + junk + "=b", SHOP));
            Refusal.assertClean(Raw.post(server, "/oauth2/revoke", "token=sgn_rt_" + junk, SHOP));
            Refusal.assertClean(Raw.post(server, "/oauth2/introspect", "token=sgn_rt_" + junk, SHOP));
            Refusal.assertClean(Raw.post(server, "/userinfo", "access_token=e" + junk));
        }

        @ParameterizedTest
        @ValueSource(strings = {"%00", "%ff%fe", "%C0%AF", "%ED%A0%80", "%", "%zz", "%7F", "%0b"})
        void malformedParametersOfPagesAreRefused(String junk) {
            for (String name : new String[] {"client_id", "redirect_uri", "flow", "x"}) {
                Http.Answer answer = Raw.get(server, "/oauth2/authorize?" + name + "=a" + junk, "Accept: text/html");
                Refusal.assertClean(answer);
            }
            for (String page : new String[] {
                "/login?flow=",
                "/login/confirm?flow=",
                "/login/accounts?flow=",
                "/oauth2/consent?flow=",
                "/setup?token=",
                "/logout?client_id=",
                "/logout?id_token_hint=",
                "/nowhere?x=",
                "/nowhere?ui_locales="
            }) {
                Refusal.assertClean(Raw.get(server, page + junk, "Accept: text/html"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"%00", "%ff%fe", "%C0%AF", "%ED%A0%80", "%", "%zz", "%7F", "%0b"})
        void malformedParametersOfAnAppGoBackToItOrToAPage(String junk) {
            App shop = App.shop(server);
            for (String name : new String[] {
                "state",
                "nonce",
                "scope",
                "prompt",
                "login_hint",
                "claims",
                "ui_locales",
                "acr_values",
                "code_challenge"
            }) {
                String query = Http.encode(shop.request(Map.of(name, ""))) + "&" + name + "=a" + junk;
                Http.Answer answer = Raw.get(server, "/oauth2/authorize?" + query, "Accept: text/html");
                if (answer.status() == 303) {
                    assertThat(answer.locationParameters()).containsEntry("error", "invalid_request");
                } else {
                    Refusal.assertClean(answer);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"\0", "a\0b", "\ufffe", "\u202e", "\ud83d\ude00", "' or 1=1 --", "%", "\\", "{{7*7}}"})
        void noTypedNameOrPasswordBreaksAnything(String typed) {
            App shop = App.shop(server);
            Browser browser = new Browser(server).open(shop.address(shop.request()));

            browser.signIn(typed + Math.random(), typed);

            Refusal.assertNothingOfTheInside(browser.answer());
            assertThat(browser.answer().status()).isIn(200, 400);
        }

        @Test
        void aTypedNameOrPasswordOfManyKilobytesIsJustWrong() {
            App shop = App.shop(server);
            Browser browser = new Browser(server).open(shop.address(shop.request()));

            browser.signIn(text(20_000), text(20_000));

            assertThat(browser.answer().status()).isIn(200, 400);
            Refusal.assertNothingOfTheInside(browser.answer());
        }

        @Test
        void claimsThatNoTableCanHoldAreRefused() {
            App shop = App.shop(server);
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", "correct horse battery");
            for (String claims : new String[] {
                "{\"id_token\":{\"a\\u0000b\":null}}",
                "{\"userinfo\":{\"\\ud800\":null}}",
                "{\"id_token\":{\"sub\":{\"value\":\"\\u0000\"}}}",
                "[".repeat(5000),
                "{\"id_token\":".repeat(1000),
                "1e999999999",
                "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[{\"a\":1}]}}}"
            }) {
                browser.open(shop.address(shop.request(Map.of("claims", claims))));
                assertThat(browser.answer().status()).as(claims).isNotEqualTo(500);
                Refusal.assertNothingOfTheInside(browser.answer());
            }
        }

        @Test
        void aClientIdOfManyKilobytesIsAnUnknownOne() {
            String id = text(15_000);

            Refusal.assertError(
                    Raw.post(
                            server,
                            "/oauth2/token",
                            "grant_type=client_credentials&client_id=" + id + "&client_secret=x"),
                    401,
                    "invalid_client");
        }

        @Test
        void aGrantTypeOfManyKilobytesIsAnUnknownOne() {
            Refusal.assertError(
                    Raw.post(server, "/oauth2/token", "grant_type=" + text(60_000), SHOP),
                    400,
                    "unsupported_grant_type");
        }

        private static String text(int length) {
            return new Random(length)
                    .ints(length, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    @Nested
    class Duplicates {

        @ParameterizedTest
        @CsvSource({
            "/oauth2/token, grant_type=authorization_code&code=a&code=b",
            "/oauth2/token, grant_type=client_credentials&grant_type=client_credentials",
            "/oauth2/token, grant_type=client_credentials&client_id=shop&client_id=shop",
            "/oauth2/token, grant_type=client_credentials&x=1&x=1",
            "/oauth2/revoke, token=a&token=a",
            "/oauth2/introspect, token=a&token=b",
            "/userinfo, access_token=a&access_token=b"
        })
        void aParameterGivenTwiceIsRefused(String path, String body) {
            String authorization = path.equals("/userinfo") ? "X-Nothing: here" : SHOP;
            Refusal.assertError(Raw.post(server, path, body, authorization), 400, "invalid_request");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect", "/userinfo"})
        void twoAuthorizationHeadersAreRefused(String path) {
            Http.Answer answer = Raw.post(
                    server, path, "grant_type=client_credentials&token=x", SHOP, "Authorization: Basic bm9ib2R5Ong=");

            Refusal.assertError(answer, 400, "invalid_request");
        }

        @Test
        void parametersInTheAddressOfAnEndpointForClientsAreRefused() {
            Refusal.assertError(
                    Raw.post(server, "/oauth2/token?grant_type=client_credentials", "x=1", SHOP),
                    400,
                    "invalid_request");
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size());
    }
}
