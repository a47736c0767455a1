package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Guessing passwords and secrets: limits that hold, owners who still get in, and answers that tell nothing. */
class GuessingTests {

    private static final String PASSWORD = "correct horse battery";
    private static SignetServer server;

    private final App shop = App.shop(server);

    @BeforeAll
    static void start() {
        server = SignetServer.start(TestDatabase.create(), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forgetAttempts() {
        server.database().jdbc().sql("delete from throttle").update();
    }

    @Nested
    class Limits {

        @Test
        void fiftyWrongPasswordsAtOnceGetNoFurtherThanTenInARow() throws Exception {
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Browser browser = new Browser(server).open(shop.address(shop.request()));
                String guess = "guess-" + i;
                tries.add(() -> browser.signIn("ada", guess).answer().status());
            }

            List<Integer> answers = atOnce(tries);

            assertThat(answers).containsOnly(200, 429);
            assertThat(answers.stream().filter(status -> status == 200)).hasSizeBetween(1, 11);
            assertThat(signIn("ada", PASSWORD).answer().status())
                    .as("from a new device")
                    .isEqualTo(429);
        }

        @Test
        void anotherAddressByHeaderIsNoWayRound() {
            exhaust("ada");
            for (String header : new String[] {
                "X-Forwarded-For: 203.0.113.7",
                "X-Real-IP: 203.0.113.7",
                "Forwarded: for=203.0.113.7",
                "Client-IP: 203.0.113.7",
                "True-Client-IP: 203.0.113.7",
                "X-Forwarded-For: 127.0.0.1, 203.0.113.7"
            }) {
                Browser browser = new Browser(server).open(shop.address(shop.request()));
                StringBuilder form = new StringBuilder("username=ada&password=x");
                browser.page()
                        .select("input[type=hidden]")
                        .forEach(input -> form.append('&')
                                .append(input.attr("name"))
                                .append('=')
                                .append(Http.encode(input.attr("value"))));
                Http.Answer answer = Raw.post(
                        server,
                        "/login",
                        form.toString(),
                        header,
                        "Cookie: signet_browser=" + browser.cookies().get("signet_browser"));
                assertThat(answer.status()).as(header).isEqualTo(429);
                assertThat(answer.header("Retry-After")).isPresent();
            }
        }

        @Test
        void anotherWayToWriteTheNameIsNoWayRound() {
            exhaust("ada");
            for (String name : new String[] {"ADA", " ada ", "\uff41\uff44\uff41", "ada\t"}) {
                assertThat(signIn(name, "guess").answer().status()).as(name).isIn(429, 400);
            }
        }

        @Test
        void theAccountsOtherNameIsNoWayRound() {
            exhaust("ada");

            Browser right = signIn("ada@example.com", PASSWORD);

            assertThat(right.pageId()).isEqualTo("page-login");
            assertThat(right.cookies()).doesNotContainKey("signet_session");
        }

        /** Whoever uses up one name learns nothing about another: neither that it exists nor whose it is. */
        @Test
        void aNameDoesNotTellWhichOtherNameBelongsToIt() {
            exhaust("ada");
            exhaust("nobody");
            List<Integer> sameAccount = new ArrayList<>();
            List<Integer> noAccount = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                sameAccount.add(signIn("ada@example.com", "guess").answer().status());
                noAccount.add(signIn("nobody@example.com", "guess").answer().status());
            }

            assertThat(sameAccount).isEqualTo(noAccount).startsWith(200).endsWith(429);
        }

        @Test
        void aSignInToTheAttackersOwnAccountResetsNothing() {
            for (int i = 0; i < 10; i++) {
                signIn("ada", "guess-" + i);
                assertThat(signIn("ben", "staple umbrella seven").answer().status())
                        .isEqualTo(303);
            }

            assertThat(signIn("ada", PASSWORD).answer().status()).isEqualTo(429);
        }

        @Test
        void aNewFlowForEachGuessResetsNothing() {
            Browser browser = new Browser(server);
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < 13; i++) {
                browser.cookies().clear();
                answers.add(browser.open(shop.address(shop.request()))
                        .signIn("ada", "guess-" + i)
                        .answer()
                        .status());
            }

            assertThat(answers.subList(11, 13)).containsOnly(429);
        }

        @Test
        void confirmingThePasswordIsLimitedToo() {
            Browser browser = signIn("ada", PASSWORD);
            browser.open(shop.address(shop.request(Map.of("prompt", "login"))));
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < 13; i++) {
                browser.submit(Map.of("password", "guess-" + i), null);
                answers.add(browser.answer().status());
            }

            assertThat(answers.subList(11, 13)).containsOnly(429);
        }

        @Test
        void theOwnersDeviceStillGetsInWhileAStrangerGuesses() {
            Browser owners = signIn("ada", PASSWORD);
            owners.cookies().remove("signet_session");
            exhaust("ada");

            owners.open(shop.address(shop.request())).signIn("ada", PASSWORD);
            assertThat(owners.callbackParameters()).containsKey("code");
        }

        @Test
        void anAccountThatDoesNotExistIsLimitedJustTheSame() {
            List<Integer> absent = new ArrayList<>();
            List<Integer> present = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                absent.add(signIn("nobody-of-that-name", "guess").answer().status());
                present.add(signIn("ada", "guess").answer().status());
            }

            assertThat(absent).isEqualTo(present).endsWith(429);
        }

        @Test
        void fiftyWrongSecretsAtOnceKeepNobodyElseOut() throws Exception {
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String guess = "guess-at-a-secret-" + i;
                tries.add(() -> Http.post(
                                server.url("/oauth2/token"),
                                Map.of("grant_type", "client_credentials"),
                                Map.of("Authorization", Http.basic("shop", guess)))
                        .status());
            }

            assertThat(atOnce(tries))
                    .containsAnyOf(401)
                    .doesNotContain(200, 500)
                    .containsAnyOf(401, 429, 503);
            assertThat(shop.token(Map.of("grant_type", "client_credentials")).status())
                    .isEqualTo(200);
        }

        private void exhaust(String username) {
            for (int i = 0; i < 12; i++) {
                signIn(username, "guess-" + i);
            }
        }
    }

    @Nested
    class Tells {

        @Test
        void unknownNameAndWrongPasswordGetTheSamePage() {
            Browser unknown = signIn("xyz", "guess");
            Browser wrong = signIn("ada", "guess");

            assertThat(unknown.answer().status()).isEqualTo(wrong.answer().status());
            assertThat(alike(unknown, "xyz")).isEqualTo(alike(wrong, "ada"));
            assertThat(names(unknown)).isEqualTo(names(wrong));
        }

        @Test
        void theRightPasswordOfADisabledAccountIsAnsweredLikeAWrongOne() {
            server.database()
                    .jdbc()
                    .sql("update user_account set disabled_at = now() where username = 'cyd'")
                    .update();
            Browser right = signIn("cyd", "paper lantern nine");
            Browser wrong = signIn("cyd", "guess");

            assertThat(alike(right, "cyd")).isEqualTo(alike(wrong, "cyd"));
            assertThat(right.answer().status()).isEqualTo(wrong.answer().status());
            assertThat(names(right)).isEqualTo(names(wrong));
        }

        @Test
        void unknownNameAndWrongPasswordTakeTheSameTime() {
            int[] count = {0};
            assertSameTime(() -> timed(() -> signIn("nobody" + count[0]++, "guess")), () -> {
                forgetAttempts();
                return timed(() -> signIn("ada", "guess"));
            });
        }

        @Test
        void unknownClientAndWrongSecretTakeTheSameTime() {
            int[] count = {0};
            assertSameTime(() -> timed(() -> machine("nobody" + count[0]++)), () -> timed(() -> machine("shop")));
        }

        /** Both ways take one slow hash, some tens of milliseconds; without it a way would take a tenth of that. */
        private void assertSameTime(LongSupplier one, LongSupplier other) {
            one.getAsLong();
            other.getAsLong();
            double ratio = 0;
            for (int attempt = 0; attempt < 4; attempt++) {
                long[] ones = new long[15];
                long[] others = new long[15];
                for (int i = 0; i < ones.length; i++) {
                    ones[i] = one.getAsLong();
                    others[i] = other.getAsLong();
                }
                ratio = (double) lowerQuartile(ones) / lowerQuartile(others);
                if (ratio > 0.85 && ratio < 1.18) {
                    return;
                }
            }
            assertThat(ratio).isBetween(0.85, 1.18);
        }

        private static long lowerQuartile(long[] times) {
            long[] sorted = times.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 4];
        }

        private static long timed(Runnable what) {
            long began = System.nanoTime();
            what.run();
            return System.nanoTime() - began;
        }

        private Http.Answer machine(String clientId) {
            return Http.post(
                    server.url("/oauth2/token"),
                    Map.of("grant_type", "client_credentials"),
                    Map.of("Authorization", Http.basic(clientId, "a-wrong-secret-of-some-length")));
        }

        private static String alike(Browser browser, String name) {
            org.jsoup.nodes.Document page = browser.page();
            page.select("input[type=hidden], form, link, script, a").forEach(element -> {
                element.removeAttr("value");
                element.removeAttr("action");
                element.removeAttr("href");
            });
            page.select("input[value=" + name + "]").attr("value", "");
            return page.html();
        }

        private static List<String> names(Browser browser) {
            return browser.answer().headers().map().keySet().stream().sorted().toList();
        }
    }

    private Browser signIn(String username, String password) {
        return new Browser(server).open(shop.address(shop.request())).signIn(username, password);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
