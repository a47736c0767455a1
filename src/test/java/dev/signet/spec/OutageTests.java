package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Together;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database is away: stopped, or frozen with its connections open. Everybody is told so within three seconds, nothing
 * ends because of it, and the server is back by itself soon after the database is.
 */
@Tag("race")
class OutageTests {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static TestPostgres postgres;
    private static SignetServer server;
    private static App shop;

    @BeforeAll
    static void start() throws IOException {
        postgres = new TestPostgres(directory);
        server = SignetServer.start(postgres.database(), Map.of());
        shop = App.shop(server);
        assertThat(Http.get(server.url("/.well-known/openid-configuration")).status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        postgres.close();
    }

    @Test
    void aStoppedDatabaseIsToldAtOnceAndEndsNothing() throws Exception {
        outage(() -> postgres.stop(), () -> postgres.start());
    }

    @Test
    void aFrozenDatabaseIsToldWithinThreeSecondsAndEndsNothing() throws Exception {
        outage(() -> postgres.freeze(), () -> postgres.thaw());
    }

    private interface Act {
        void run() throws Exception;
    }

    private static void outage(Act goAway, Act comeBack) throws Exception {
        Browser browser = new Browser(server).open(shop.address(shop.request())).signIn("ada", "correct horse battery");
        Http.Answer tokens = shop.redeem(shop.code(browser));
        String code = shop.code(browser.open(shop.address(shop.request())));
        Browser signingIn = new Browser(server).open(shop.address(shop.request()));
        Map<String, Callable<Http.Answer>> requests = requests(tokens, code, browser, signingIn);

        goAway.run();
        try {
            // The first round meets connections that were good a moment ago, the second a pool that has none.
            for (int round = 1; round <= 2; round++) {
                List<Timed> answers = all(requests);
                for (Timed timed : answers) {
                    assertThat(timed.answer().status())
                            .as("%d %s", round, timed)
                            .isEqualTo(503);
                    assertThat(timed.time()).as("%d %s", round, timed).isLessThan(LIMIT);
                    assertThat(timed.answer().header("Retry-After"))
                            .as("%s", timed)
                            .isPresent();
                    assertThat(timed.answer().headers().allValues("Set-Cookie"))
                            .as("%s", timed)
                            .noneMatch(cookie -> cookie.startsWith("signet_session"));
                    assertThat(timed.answer().body())
                            .as("%s", timed)
                            .doesNotContainIgnoringCase("exception", "sql", "postgres", "hikari", "jdbc");
                }
                assertThat(Http.get(server.url("/oauth2/jwks")).status()).isEqualTo(200);
                assertThat(Http.get(server.url("/.well-known/openid-configuration"))
                                .status())
                        .isEqualTo(200);
            }
        } finally {
            comeBack.run();
        }

        Awaitility.await()
                .atMost(RECOVERY)
                .untilAsserted(() -> assertThat(App.robot(server)
                                .token(Map.of("grant_type", "client_credentials"))
                                .status())
                        .isEqualTo(200));
        assertThat(shop.code(browser.open(shop.address(shop.request())))).isNotEmpty();
        assertThat(shop.redeem(code).status()).isEqualTo(200);
        assertThat(shop.userInfo(tokens.text("access_token")).status()).isEqualTo(200);
        assertThat(shop.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(signingIn.signIn("ben", "staple umbrella seven").callbackParameters())
                .containsKey("code");
    }

    /** One request to each thing that needs the database. */
    private static Map<String, Callable<Http.Answer>> requests(
            Http.Answer tokens, String code, Browser browser, Browser signingIn) {
        Map<String, String> html = Map.of("Accept", "text/html");
        Map<String, String> withSession = Map.of("Accept", "text/html", "Cookie", cookies(browser));
        Map<String, String> withFlow = Map.of("Accept", "text/html", "Cookie", cookies(signingIn));
        Map<String, String> form = new LinkedHashMap<>();
        for (Element input : signingIn.page().select("main form[method=post] input[type=hidden]")) {
            form.put(input.attr("name"), input.attr("value"));
        }
        form.put("username", "ben");
        form.put("password", "staple umbrella seven");
        Map<String, String> posting = new LinkedHashMap<>(withFlow);
        posting.put("Origin", server.issuer());
        String list = Http.get(server.url("/status"))
                .json()
                .path("status_lists")
                .get(0)
                .asString();

        Map<String, Callable<Http.Answer>> requests = new LinkedHashMap<>();
        requests.put("client credentials", () -> App.robot(server).token(Map.of("grant_type", "client_credentials")));
        requests.put("code", () -> shop.redeem(code));
        requests.put("refresh", () -> shop.refresh(tokens.text("refresh_token")));
        requests.put("introspection", () -> shop.introspect(tokens.text("access_token")));
        requests.put("introspection of a refresh token", () -> shop.introspect(tokens.text("refresh_token")));
        requests.put("revocation", () -> shop.revoke(tokens.text("refresh_token")));
        requests.put("wrong secret", () -> new App(server, "shop", "wrong", "", "").introspect("x"));
        requests.put("userinfo", () -> shop.userInfo(tokens.text("access_token")));
        requests.put("status lists", () -> Http.get(server.url("/status")));
        requests.put("authorization", () -> Http.get(shop.address(shop.request()), html));
        requests.put("authorization with a session", () -> Http.get(shop.address(shop.request()), withSession));
        requests.put(
                "silent authorization",
                () -> Http.get(shop.address(shop.request(Map.of("prompt", "none"))), withSession));
        requests.put("sign-in page", () -> Http.get(signingIn.address(), withFlow));
        requests.put("sign-in", () -> Http.post(server.url("/login"), form, posting));
        requests.put("account", () -> Http.get(server.url("/account"), withSession));
        requests.put(
                "sign-out",
                () -> Http.get(server.url("/logout?id_token_hint=" + tokens.text("id_token")), withSession));
        return requests;
    }

    private record Timed(String what, Http.Answer answer, Duration time) {

        @Override
        public String toString() {
            return what + ": " + answer.status() + " after " + time.toMillis() + " ms: "
                    + answer.body().substring(0, Math.min(200, answer.body().length()));
        }
    }

    private static List<Timed> all(Map<String, Callable<Http.Answer>> requests) throws Exception {
        List<String> names = new ArrayList<>(requests.keySet());
        AtomicInteger turn = new AtomicInteger();
        return Together.run(names.size(), () -> {
            String name = names.get(turn.getAndIncrement());
            long begin = System.nanoTime();
            Http.Answer answer = requests.get(name).call();
            return new Timed(name, answer, Duration.ofNanos(System.nanoTime() - begin));
        });
    }

    @Test
    void aRefreshThatTheDatabaseLeftHalfDoneCanBeRepeated() throws Exception {
        List<Http.Answer> families = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            families.add(shop.tokens());
        }
        AtomicInteger turn = new AtomicInteger();
        AtomicInteger refreshes = new AtomicInteger();
        CompletableFuture<Void> frozen = CompletableFuture.runAsync(() -> {
            try {
                while (refreshes.get() < 40) {
                    Thread.onSpinWait();
                }
                postgres.freeze();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<String> last = Together.run(families.size(), () -> {
            String token = families.get(turn.getAndIncrement()).text("refresh_token");
            for (int i = 0; i < 1_000; i++) {
                Http.Answer next = shop.refresh(token);
                if (next.status() != 200) {
                    assertThat(next.status()).isEqualTo(503);
                    return token;
                }
                token = next.text("refresh_token");
                refreshes.incrementAndGet();
            }
            throw new AssertionError("the database was never away");
        });
        frozen.join();
        postgres.thaw();

        Awaitility.await()
                .atMost(RECOVERY)
                .untilAsserted(() ->
                        assertThat(shop.introspect(last.getFirst()).status()).isEqualTo(200));
        for (String token : last) {
            Http.Answer repeated = shop.refresh(token);
            assertThat(repeated.status()).isEqualTo(200);
            assertThat(shop.refresh(repeated.text("refresh_token")).status()).isEqualTo(200);
        }
    }

    @Test
    void clientsThatSendAndReadSlowlyStallNobody() throws Exception {
        String post = "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ngrant_type=";
        String page = "GET /oauth2/jwks HTTP/1.1\r\nHost: localhost\r\n\r\n";
        List<String> beginnings = List.of("", "GET /oauth2/authorize?client_id=", post, page.repeat(20));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 160; i++) {
                slow.add(Wire.begin(server, beginnings.get(i % beginnings.size())));
            }
            for (int round = 0; round < 5; round++) {
                long begin = System.nanoTime();
                assertThat(shop.tokens().status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
                for (int i = 2; i < slow.size(); i += beginnings.size()) {
                    slow.get(i).getOutputStream().write('x');
                }
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static String cookies(Browser browser) {
        List<String> pairs = new ArrayList<>();
        browser.cookies().forEach((name, value) -> pairs.add(name + "=" + value));
        return String.join("; ", pairs);
    }
}
