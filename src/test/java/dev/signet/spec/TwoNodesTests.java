package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import dev.signet.Together;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, each a process of its own, started at the same moment on one empty database: what is one must stay one. */
@Tag("race")
class TwoNodesTests {

    private static final int MANY = 50;
    private static final String PASSWORD = "correct horse battery";

    /** Races are about what happens when everything is let through, so nothing is throttled here. */
    private static final Map<String, String> SETTINGS = Map.of(
            "signet.protection.sign-in-account.attempts", "10000",
            "signet.protection.sign-in-account.per", "1m",
            "signet.protection.sign-in-known-device.attempts", "10000",
            "signet.protection.sign-in-known-device.per", "1m",
            "signet.protection.sign-in-address.attempts", "10000",
            "signet.protection.sign-in-address.per", "1m",
            "signet.crypto.hashing.longest-wait", "20s");

    @TempDir
    private static Path directory;

    private static LoadBalancer balancer;
    private static ServerProcess firstProcess;
    private static ServerProcess secondProcess;
    private static SignetServer first;
    private static SignetServer second;
    private static SignetServer both;

    @BeforeAll
    static void start() throws IOException {
        TestDatabase database = TestDatabase.createEmpty();
        balancer = new LoadBalancer();
        firstProcess = ServerProcess.start(database, directory, balancer.issuer(), SETTINGS);
        secondProcess = ServerProcess.start(database, directory, balancer.issuer(), SETTINGS);
        first = firstProcess.ready();
        second = secondProcess.ready();
        balancer.add(first);
        balancer.add(second);
        both = balancer.server();
    }

    @AfterAll
    static void stop() {
        balancer.close();
        firstProcess.close();
        secondProcess.close();
    }

    @Test
    void firstStartsAtTheSameMomentMakeOneSetOfKeysClientsAndPeople() {
        assertThat(Http.get(first.url("/oauth2/jwks")).body())
                .isEqualTo(Http.get(second.url("/oauth2/jwks")).body());
        assertThat(count("data_key"))
                .isEqualTo(count("(select distinct purpose from data_key) purposes"))
                .isGreaterThanOrEqualTo(3);
        assertThat(count("signing_key"))
                .isEqualTo(count("(select distinct algorithm from signing_key) algorithms"))
                .isGreaterThanOrEqualTo(2);
        assertThat(count("audit_event where kind = 'user_created'"))
                .isEqualTo(count("user_account"))
                .isPositive();
        assertThat(count("audit_event where kind = 'config_applied'")).isEqualTo(1);
        assertThat(count("one_time_link where used_at is null")).isLessThanOrEqualTo(2);
    }

    @Test
    void oneOfFiftyRedemptionsOfACodeWinsAndItsTokensEndWithTheReplays() throws Exception {
        App shop = App.shop(both);
        String code = shop.code();

        List<Http.Answer> answers = atBoth(node -> shop.at(node).redeem(code));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(400))
                .allSatisfy(answer -> assertThat(answer.text("error")).isEqualTo("invalid_grant"));
        Http.Answer winner = answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow();
        for (SignetServer node : List.of(first, second)) {
            assertDead(shop.at(node), winner);
        }
    }

    @Test
    void fiftyRefreshesOfATokenAgreeOnOneSuccessor() throws Exception {
        App shop = App.shop(both);
        String token = shop.tokens().text("refresh_token");

        List<Http.Answer> answers = atBoth(node -> shop.at(node).refresh(token));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        Set<String> successors = new HashSet<>();
        answers.forEach(answer -> successors.add(answer.text("refresh_token")));
        assertThat(successors).hasSize(1).doesNotContain(token);
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(active(shop, answer.text("access_token"))).isTrue());
        assertThat(shop.refresh(successors.iterator().next()).status()).isEqualTo(200);
    }

    @Test
    void aClientThatLosesEverySecondAnswerStaysSignedInOverFortyRefreshes() throws Exception {
        App shop = App.shop(both);
        String token = shop.tokens().text("refresh_token");
        for (int i = 0; i < 40; i++) {
            SignetServer node = i % 4 < 2 ? first : second;
            if (i % 2 == 0) {
                Wire.loseTheAnswer(
                        node,
                        "/oauth2/token",
                        Http.basic(shop.clientId(), shop.secret()),
                        Http.encode(Map.of("grant_type", "refresh_token", "refresh_token", token)));
            }
            Http.Answer answer = shop.at(i % 3 == 0 ? first : second).refresh(token);
            assertThat(answer.status()).as("refresh %d", i).isEqualTo(200);
            assertThat(answer.text("refresh_token")).isNotEqualTo(token);
            token = answer.text("refresh_token");
        }
    }

    @Test
    void fiftySubmitsOfOneSignInStartOneSessionAndGiveOneCode() throws Exception {
        App shop = App.shop(both);
        Browser browser = new Browser(both).open(shop.address(shop.request()));
        Map<String, String> form = new LinkedHashMap<>();
        for (Element input : browser.page().select("main form[method=post] input[type=hidden]")) {
            form.put(input.attr("name"), input.attr("value"));
        }
        form.put("username", "ben");
        form.put("password", "staple umbrella seven");
        String browserCookie = cookies(browser);
        int before = count("sso_session where ended_at is null");

        List<Http.Answer> answers = atBoth(node -> Http.post(
                node.url("/login"),
                form,
                Map.of("Cookie", browserCookie, "Origin", both.issuer(), "Sec-Fetch-Site", "same-origin")));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(303));
        assertThat(count("sso_session where ended_at is null") - before).isEqualTo(1);
        AtomicInteger codes = new AtomicInteger();
        AtomicInteger turn = new AtomicInteger();
        List<Http.Answer> onward = Together.run(MANY, () -> {
            Http.Answer signedIn = answers.get(turn.getAndIncrement());
            SignetServer node = codes.get() % 2 == 0 ? first : second;
            return Http.get(
                    node.url(signedIn.location()
                            .toString()
                            .substring(both.issuer().length())),
                    Map.of("Cookie", browserCookie + "; " + sessionCookie(signedIn)));
        });
        onward.forEach(answer -> {
            assertThat(answer.status()).isEqualTo(303);
            if (answer.location().toString().startsWith(shop.redirectUri())) {
                codes.incrementAndGet();
            }
        });
        assertThat(codes).hasValue(1);
    }

    @Test
    void fiftyArrivalsWithOneSessionAndFlowGiveOneCodeOfTheFlow() throws Exception {
        App forum = App.forum(both);
        Browser browser = new Browser(both).open(forum.address(forum.request())).signIn("ben", "staple umbrella seven");
        assertThat(browser.pageId()).isEqualTo("page-consent");
        Map<String, String> form = new LinkedHashMap<>();
        for (Element input : browser.page().select("main form[method=post] input[name]")) {
            form.put(input.attr("name"), input.attr("value"));
        }
        Element allow = browser.page().selectFirst("main button[name=allow]");
        form.put("allow", allow.attr("value"));
        String action = browser.page().selectFirst("main form[method=post]").absUrl("action");
        Map<String, String> headers =
                Map.of("Cookie", cookies(browser), "Origin", both.issuer(), "Sec-Fetch-Site", "same-origin");

        List<Http.Answer> allowed =
                atBoth(node -> Http.post(node.url(action.substring(both.issuer().length())), form, headers));
        assertThat(allowed).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(303));
        String onward =
                allowed.getFirst().location().toString().substring(both.issuer().length());
        List<Http.Answer> answers = atBoth(node -> Http.get(node.url(onward), Map.of("Cookie", cookies(browser))));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(303));
        assertThat(answers)
                .filteredOn(answer -> answer.location().toString().startsWith(forum.redirectUri()))
                .hasSize(1);
        assertThat(count("consent where client_id = 'forum'")).isPositive();
    }

    @Test
    void aSignInThatMeetsAnotherNodeAtEachRequestWorks() throws Exception {
        App forum = App.forum(both).withScope("openid profile");
        Browser browser = new Browser(both).open(forum.address(forum.request(Map.of("prompt", "consent"))));
        assertThat(browser.pageId()).isEqualTo("page-login");
        browser.signIn("ada", "a wrong password").signIn("ada", PASSWORD);
        assertThat(browser.pageId()).isEqualTo("page-consent");
        browser.submit(Map.of(), "allow");
        Http.Answer tokens = forum.redeem(forum.code(browser));
        assertThat(forum.verified(tokens.text("id_token")).getIssuer()).isEqualTo(both.issuer());
        assertThat(forum.userInfo(tokens.text("access_token")).text("name")).isEqualTo("Ada Lovelace");
        Http.Answer refreshed = forum.refresh(tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);

        browser.open(both.issuer() + "/logout?id_token_hint=" + tokens.text("id_token")
                + "&post_logout_redirect_uri=https%3A%2F%2Fforum.example%2Fbye");
        assertThat(browser.callback().toString()).isEqualTo("https://forum.example/bye");
    }

    @Test
    void whatOneNodeDidTheOtherSeesAtOnce() {
        App forum = App.forum(both).withScope("openid email");
        Browser browser = new Browser(both).open(forum.address(forum.request(Map.of("prompt", "consent"))));
        browser.signIn("ada", PASSWORD).submit(Map.of(), "allow");
        Http.Answer tokens = forum.at(first).redeem(forum.code(browser));

        assertThat(active(forum.at(second), tokens.text("access_token"))).isTrue();
        for (SignetServer node : List.of(second, first)) {
            assertThat(silently(node, forum, browser)).as("session and consent").containsKey("code");
        }

        Http.Answer others =
                forum.at(second).redeem(silently(first, forum, browser).get("code"));
        assertThat(forum.at(first).revoke(others.text("access_token")).status()).isEqualTo(200);
        assertThat(active(forum.at(second), others.text("access_token"))).isFalse();
        assertThat(forum.at(second).userInfo(others.text("access_token")).status())
                .isEqualTo(401);
        assertThat(forum.at(second).revoke(others.text("refresh_token")).status())
                .isEqualTo(200);
        assertThat(forum.at(first).refresh(others.text("refresh_token")).text("error"))
                .isEqualTo("invalid_grant");

        Http.get(first.url("/logout?id_token_hint=" + tokens.text("id_token")), Map.of("Cookie", cookies(browser)));
        assertThat(silently(second, forum, browser)).containsEntry("error", "login_required");
        assertDead(forum.at(second), tokens);
    }

    @Test
    void aNodeKilledUnderLoadLosesNothingItAcknowledged() throws Exception {
        App shop = App.shop(both);
        Browser browser = new Browser(both).open(shop.address(shop.request())).signIn("ada", PASSWORD);
        String spentCode = shop.code(browser);
        Http.Answer kept = shop.at(second).redeem(spentCode);
        Http.Answer revoked = shop.tokens();
        List<Http.Answer> families = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            families.add(shop.tokens());
        }
        AtomicInteger turn = new AtomicInteger();
        AtomicInteger refreshes = new AtomicInteger();
        Thread killer = Thread.ofPlatform().start(() -> {
            while (refreshes.get() < 30) {
                Thread.onSpinWait();
            }
            secondProcess.kill();
        });
        assertThat(shop.at(second).revoke(revoked.text("refresh_token")).status())
                .isEqualTo(200);
        List<Http.Answer> acknowledged = Together.run(families.size(), () -> {
            Http.Answer last = families.get(turn.getAndIncrement());
            try {
                while (true) {
                    Http.Answer next = shop.at(second).refresh(last.text("refresh_token"));
                    assertThat(next.status()).isEqualTo(200);
                    last = next;
                    refreshes.incrementAndGet();
                }
            } catch (java.io.UncheckedIOException killed) {
                return last;
            }
        });
        killer.join();

        secondProcess.start();
        second = secondProcess.ready();

        for (Http.Answer answer : acknowledged) {
            assertThat(active(shop.at(second), answer.text("access_token"))).isTrue();
            assertThat(shop.at(second).refresh(answer.text("refresh_token")).status())
                    .isEqualTo(200);
        }
        assertThat(active(shop.at(second), kept.text("access_token"))).isTrue();
        assertThat(silently(second, shop, browser)).containsKey("code");
        assertThat(shop.at(second).refresh(revoked.text("refresh_token")).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(shop.at(second).redeem(spentCode).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aNodeThatFreezesInTheMiddleHoldsNobodyUpForLong() throws Exception {
        App shop = App.shop(both);
        List<Http.Answer> families = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            families.add(shop.tokens());
        }
        AtomicInteger turn = new AtomicInteger();
        AtomicInteger refreshes = new AtomicInteger();
        List<String> last = new CopyOnWriteArrayList<>(
                families.stream().map(answer -> answer.text("refresh_token")).toList());
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < last.size(); i++) {
            // Each ends with its last request given up.
            clients.add(Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> {})
                    .start(() -> {
                        int family = turn.getAndIncrement();
                        for (int n = 0; n < 2_000 && !Thread.interrupted(); n++) {
                            Http.Answer next = shop.at(second).refresh(last.get(family));
                            if (next.status() != 200 || Thread.interrupted()) {
                                return;
                            }
                            last.set(family, next.text("refresh_token"));
                            refreshes.incrementAndGet();
                        }
                    }));
        }
        while (refreshes.get() < 40) {
            Thread.onSpinWait();
        }
        secondProcess.signal("-STOP");
        try {
            for (Thread client : clients) {
                client.interrupt();
                client.join();
            }
            for (String token : last) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(12))
                        .untilAsserted(
                                () -> assertThat(shop.at(first).refresh(token).status())
                                        .isEqualTo(200));
            }
        } finally {
            secondProcess.signal("-CONT");
        }
        assertThat(shop.at(second).tokens().status()).isEqualTo(200);
    }

    private interface Call {
        Http.Answer at(SignetServer node) throws Exception;
    }

    /** Many at the same moment, every other one at the second node. */
    private static List<Http.Answer> atBoth(Call call) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        return Together.run(MANY, () -> call.at(turn.getAndIncrement() % 2 == 0 ? first : second));
    }

    private static Map<String, String> silently(SignetServer node, App app, Browser browser) {
        String query = Http.encode(app.request(Map.of("prompt", "none")));
        return Http.get(node.url("/oauth2/authorize?" + query), Map.of("Cookie", cookies(browser)))
                .locationParameters();
    }

    private static void assertDead(App app, Http.Answer tokens) {
        assertThat(active(app, tokens.text("access_token"))).isFalse();
        assertThat(app.userInfo(tokens.text("access_token")).status()).isEqualTo(401);
        assertThat(app.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    private static boolean active(App app, String token) {
        return app.introspect(token).json().path("active").asBoolean();
    }

    private static String cookies(Browser browser) {
        List<String> pairs = new ArrayList<>();
        browser.cookies().forEach((name, value) -> pairs.add(name + "=" + value));
        return String.join("; ", pairs);
    }

    private static String sessionCookie(Http.Answer answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("signet_session="))
                .map(cookie -> cookie.split(";")[0])
                .findFirst()
                .orElseThrow();
    }

    private static int count(String rows) {
        return both.database()
                .jdbc()
                .sql("select count(*) from " + rows)
                .query(Integer.class)
                .single();
    }
}
