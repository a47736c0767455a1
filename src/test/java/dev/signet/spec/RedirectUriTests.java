package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a browser may be sent: to registered addresses, compared character by character (RFC 9700 section 2.1), and never
 * before that comparison.
 */
class RedirectUriTests {

    private static final String PASSWORD = "correct horse battery";

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    @Nested
    class OfTheAuthorizationRequest {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://shop.example/cb/",
                    "https://shop.example/cb/..",
                    "https://shop.example/cb/../evil",
                    "https://shop.example/cb?x=1",
                    "https://shop.example/cb?",
                    "https://shop.example/cb#",
                    "https://shop.example/cb#x",
                    "https://shop.example/CB",
                    "https://SHOP.example/cb",
                    "HTTPS://shop.example/cb",
                    "http://shop.example/cb",
                    "https://shop.example:443/cb",
                    "https://shop.example:8443/cb",
                    "https://shop.example./cb",
                    "https://shop.example/%63b",
                    "https://shop.example/cb%00",
                    "https://shop.example/cb%2f",
                    "https://shop.example/cb ",
                    " https://shop.example/cb",
                    "https://shop.example//cb",
                    "https://shop.example/./cb",
                    "https://shop.example/cb;x",
                    "https://shop.example\\cb",
                    "https://shop.example/",
                    "https://shop.example",
                    "https://shop.example.evil.example/cb",
                    "https://evil.example/https://shop.example/cb",
                    "https://shop.example@evil.example/cb",
                    "https://shop.example:x@evil.example/cb",
                    "https://evil.example#@shop.example/cb",
                    "https://evil.example\\@shop.example/cb",
                    "https://evil.example?https://shop.example/cb",
                    "https://sub.shop.example/cb",
                    "https://evilshop.example/cb",
                    "//shop.example/cb",
                    "/cb",
                    "cb",
                    "javascript:alert(1)//https://shop.example/cb",
                    "data:text/html,https://shop.example/cb",
                    "https://shop.example/cb,https://evil.example/cb",
                    "https://shop.example/cb https://evil.example/cb",
                    "https://forum.example/cb",
                    "https://shop.example/bye",
                    "https://sh\u043ep.example/cb",
                    "https://xn--shp-tmc.example/cb",
                    "https://shop.example/cb\u200b",
                    "https:///shop.example/cb",
                    "https:shop.example/cb",
                    "https://[shop.example]/cb",
                    "https://*.example/cb",
                    "*"
                })
        void anyOtherIsShownToThePersonAndNeverGoneTo(String uri) {
            Http.Answer answer =
                    Http.get(shop.address(shop.request(Map.of("redirect_uri", uri))), Map.of("Accept", "text/html"));

            Refusal.assertClean(answer);
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.body()).doesNotContain("href=\"" + uri).doesNotContain("action=\"" + uri);
        }

        @Test
        void ofTwoNeitherIsTaken() {
            String good = Http.encode("https://shop.example/cb");
            String evil = Http.encode("https://evil.example/cb");
            String rest = Http.encode(shop.request(Map.of("redirect_uri", "")));
            for (String pair : new String[] {
                "redirect_uri=" + good + "&redirect_uri=" + evil, "redirect_uri=" + evil + "&redirect_uri=" + good,
                "redirect_uri=" + good + "&redirect_uri=" + good, "redirect_uri=&redirect_uri=" + evil
            }) {
                Http.Answer answer = Http.get(server.url("/oauth2/authorize?" + pair + "&" + rest));
                Refusal.assertClean(answer);
                assertThat(answer.header("Location")).isEmpty();
            }
        }

        @Test
        void ofTwoClientsNeitherIsTaken() {
            String rest = Http.encode(shop.request());
            for (String address :
                    new String[] {"client_id=forum&" + rest, rest + "&client_id=forum", rest + "&client_id=shop"}) {
                Http.Answer answer = Http.get(server.url("/oauth2/authorize?" + address));
                Refusal.assertClean(answer);
                assertThat(answer.header("Location")).isEmpty();
            }
        }

        @Test
        void oneInTheBodyBesideOneInTheAddressIsNotTaken() {
            Http.Answer answer = Raw.post(
                    server,
                    "/oauth2/authorize?redirect_uri=https://evil.example/cb",
                    Http.encode(shop.request()),
                    "Accept: text/html");
            while (answer.status() == 303) {
                assertThat(answer.location().toString()).startsWith(server.issuer() + "/");
                answer = Http.get(answer.location().toString());
            }
            Refusal.assertClean(answer);
        }

        @Test
        void noErrorIsSentToAnAddressThatWasNotChecked() {
            for (Map<String, String> wrong : java.util.List.of(
                    Map.of("response_type", "token"),
                    Map.of("scope", "nonsense"),
                    Map.of("prompt", "none"),
                    Map.of("request", "x"),
                    Map.of("response_mode", "form_post"))) {
                Map<String, String> request = shop.request(wrong);
                request.put("redirect_uri", "https://evil.example/cb");
                Http.Answer answer = Http.get(shop.address(request));
                Refusal.assertClean(answer);
                assertThat(answer.body()).doesNotContain("action=\"https://evil.example");
            }
        }
    }

    @Nested
    class AfterSigningOut {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example/", "https://shop.example/bye/", "https://shop.example/bye?x",
                            "https://shop.example/cb",
                    "//evil.example", "https://shop.example.evil.example/bye", "javascript:alert(1)",
                            "https://forum.example/bye"
                })
        void onlyRegisteredAddressesAreGoneTo(String uri) {
            Browser browser =
                    new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
            String idToken = shop.redeem(shop.code(browser)).text("id_token");
            for (String who : new String[] {
                "id_token_hint=" + idToken, "client_id=shop", "client_id=shop&id_token_hint=" + idToken
            }) {
                browser.open(server.issuer() + "/logout?" + who + "&post_logout_redirect_uri=" + Http.encode(uri));
                assertThat(browser.answer().status()).isEqualTo(400);
                assertThat(browser.answer().header("Location")).isEmpty();
            }
            browser.open(shop.address(shop.request(Map.of("prompt", "none"))));
            assertThat(browser.callbackParameters()).as("still signed in").containsKey("code");
        }
    }

    @Nested
    class OfOurOwnPages {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/login?as=https://evil.example&flow=", "/login?target=//evil.example&flow=",
                            "/login?continue=//evil.example&flow=",
                    "/login/accounts?account=//evil.example&flow=", "/login?lang=//evil.example&flow=",
                            "/login?lang=de&x=//evil.example&flow="
                })
        void noParameterLeadsElsewhere(String page) {
            Browser browser = new Browser(server).open(shop.address(shop.request()));
            String flow = browser.page().selectFirst("input[name=flow]").attr("value");

            browser.open(server.issuer() + page + flow);

            assertThat(browser.address()).startsWith(server.issuer() + "/");
            java.net.URI next =
                    java.net.URI.create(browser.answer().header("Location").orElse("/"));
            assertThat(java.net.URI.create(browser.address()).resolve(next).toString())
                    .startsWith(server.issuer() + "/");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "//evil.example/?lang=de", "//evil.example/%2e%2e?lang=de", "/\\evil.example?lang=de",
                            "/%09/evil.example?lang=de",
                    "/..//evil.example?lang=de", "/;//evil.example?lang=de", "/login//evil.example/?lang=de",
                            "/@evil.example?lang=de",
                    "/https:%2f%2fevil.example?lang=de", "/javascript:alert(1)?lang=de", "/?lang=de",
                            "/x?lang=de%0d%0aSet-Cookie:a=b"
                })
        void aSwitchOfLanguageStaysHere(String target) throws Exception {
            Http.Answer answer = Raw.get(server, target, "Accept: text/html");

            String location = answer.header("Location").orElse("");
            java.net.URI from = new java.net.URI(server.issuer() + "/");
            assertThat(location).doesNotStartWith("//").doesNotStartWith("/\\");
            assertThat(from.resolve(location.isEmpty() ? "/" : location).toString())
                    .startsWith(server.issuer() + "/");
            assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(line -> line.startsWith("a="));
        }
    }
}
