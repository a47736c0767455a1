package dev.signet.verifier;

import static dev.signet.verifier.Outcomes.isRefused;
import static dev.signet.verifier.Outcomes.refused;
import static dev.signet.verifier.Outcomes.until;
import static dev.signet.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevocationTests {

    private static final Duration LONG = Duration.ofSeconds(15);

    private final TestIssuer issuer = new TestIssuer();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenVerifierBuilder builder() {
        return TokenVerifier.forIssuer(issuer.issuer())
                .audience(TestIssuer.AUDIENCE)
                .clock(issuer.clock);
    }

    private TokenVerifier ready(TokenVerifierBuilder builder) throws InterruptedException {
        TokenVerifier verifier = builder.build();
        assertThat(verifier.awaitReady(LONG)).isTrue();
        return verifier;
    }

    @Test
    void refusesARevokedTokenWithinTheTimeToLiveOfItsList() throws InterruptedException {
        issuer.pushes = false;
        issuer.timeToLive = Duration.ofSeconds(2);
        try (TokenVerifier verifier = ready(builder().push(false))) {
            String token = issuer.token();
            String neighbour = issuer.token();
            Claims claims = verified(verifier.verify(token));

            issuer.revoke(claims);

            Duration took = until(LONG, () -> isRefused(verifier.verify(token), RefusalReason.REVOKED));
            assertThat(took).isLessThan(Duration.ofSeconds(8));
            verified(verifier.verify(neighbour));
        }
    }

    @Test
    void refusesARevokedTokenWithinASecondByPush() throws InterruptedException {
        issuer.timeToLive = Duration.ofMinutes(5);
        try (TokenVerifier verifier = ready(builder())) {
            until(LONG, () -> verifier.state().push());
            List<Long> took = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String token = issuer.token();
                Claims claims = verified(verifier.verify(token));

                issuer.revoke(claims);

                took.add(until(LONG, () -> isRefused(verifier.verify(token), RefusalReason.REVOKED))
                        .toMillis());
            }
            took.sort(null);
            assertThat(took.get(took.size() / 2)).as("milliseconds %s", took).isLessThan(1_000);
        }
    }

    @Test
    void catchesUpWhenTheLineForChangesComesBack() throws InterruptedException {
        issuer.timeToLive = Duration.ofMinutes(5);
        try (TokenVerifier verifier = ready(builder())) {
            until(LONG, () -> verifier.state().push());
            String token = issuer.token();
            Claims claims = verified(verifier.verify(token));
            issuer.down();
            until(LONG, () -> !verifier.state().push());
            issuer.revoke(claims); // nobody hears it
            verified(verifier.verify(token));

            issuer.up();

            until(Duration.ofSeconds(30), () -> isRefused(verifier.verify(token), RefusalReason.REVOKED));
        }
    }

    @Test
    void makesNoCallPerRequest() throws InterruptedException {
        issuer.timeToLive = Duration.ofMinutes(5);
        try (TokenVerifier verifier = ready(builder())) {
            until(LONG, () -> verifier.state().push());
            int before = callsOnceItIsQuiet();

            for (int i = 0; i < 1_000; i++) {
                verified(verifier.verify(issuer.token(), "orders:read"));
            }

            assertThat(calls()).isEqualTo(before);
        }
    }

    private int calls() {
        return issuer.calls("/status/1") + issuer.calls("/jwks") + issuer.calls("/.well-known");
    }

    /** The new line for changes brings fetches about, which are none of a request's. */
    private int callsOnceItIsQuiet() throws InterruptedException {
        int before = -1;
        while (calls() != before) {
            before = calls();
            Thread.sleep(1_000);
        }
        return before;
    }

    @Test
    void fetchesAnnouncedListsAheadOfTheirFirstToken() throws InterruptedException {
        try (TokenVerifier verifier = ready(builder())) {
            issuer.announce("2");
            until(LONG, () -> issuer.calls("/status/2") > 0 && verifier.state().statusLists() == 2);
            assertThat(verifier.awaitReady(LONG)).isTrue();
            issuer.delay = Duration.ofSeconds(1); // would be felt if the request waited

            long begin = System.nanoTime();
            verified(verifier.verify(issuer.token(Map.of("status", issuer.status("2", 7)))));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
        }
    }

    @Test
    void fetchesAListNobodyAnnouncedOnceForAllThatWait() throws Exception {
        issuer.addSilentList("9");
        issuer.pushes = false;
        issuer.timeToLive = Duration.ofMinutes(5);
        try (TokenVerifier verifier = ready(builder().push(false));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            issuer.delay = Duration.ofMillis(300);
            List<Callable<Verification>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String token = issuer.token(Map.of("status", issuer.status("9", i)));
                calls.add(() -> verifier.verify(token));
            }

            for (Future<Verification> verification : threads.invokeAll(calls)) {
                verified(verification.get());
            }

            assertThat(issuer.calls("/status/9")).isEqualTo(1);
        }
    }

    @Test
    void verifiesAThousandTokensInParallel() throws Exception {
        try (TokenVerifier verifier = ready(builder());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Verification>> calls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String token = i % 10 == 0 ? issuer.token(Map.of("aud", "https://other.example")) : issuer.token();
                calls.add(() -> verifier.verify(token, "orders:write"));
            }

            List<Future<Verification>> outcomes = threads.invokeAll(calls);

            for (int i = 0; i < 1_000; i++) {
                if (i % 10 == 0) {
                    refused(outcomes.get(i).get(), RefusalReason.AUDIENCE_WRONG);
                } else {
                    verified(outcomes.get(i).get());
                }
            }
        }
    }

    @Test
    void noRequestWaitsForAnIssuerThatHangs() throws InterruptedException {
        issuer.timeToLive = Duration.ofSeconds(1);
        try (TokenVerifier verifier = ready(builder().push(false).timeout(Duration.ofSeconds(1)))) {
            String token = issuer.token(Map.of("exp", issuer.clock.instant().getEpochSecond() + 3_600));
            verified(verifier.verify(token));
            issuer.delay = Duration.ofSeconds(30);
            Thread.sleep(4_000); // a refresh has timed out by now
            issuer.clock.move(Duration.ofMinutes(11));

            for (int i = 0; i < 20; i++) {
                long begin = System.nanoTime();
                refused(verifier.verify(token), RefusalReason.STATUS_UNAVAILABLE);
                refused(
                        verifier.verify(issuer.token("es", Map.of("kid", "new-" + i), Map.of())),
                        RefusalReason.KEY_UNKNOWN);
                if (i > 0) { // the first unknown key may be looked for
                    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
                }
                Thread.sleep(50);
            }
        }
    }

    @Test
    void servesTheLastListUntilItExpiresAndThenRefuses() throws InterruptedException {
        try (TokenVerifier verifier = ready(builder())) {
            String token = issuer.token(Map.of("exp", issuer.clock.instant().getEpochSecond() + 3_600));
            verified(verifier.verify(token));
            issuer.down();
            Thread.sleep(2_500); // two times to live pass unanswered

            issuer.clock.move(Duration.ofMinutes(9));
            verified(verifier.verify(token));
            issuer.clock.move(Duration.ofMinutes(2));
            refused(verifier.verify(token), RefusalReason.STATUS_UNAVAILABLE);
            assertThat(((Verification.Refused) verifier.verify(token)).challenges())
                    .isEmpty();
            assertThat(verifier.state().expiredStatusLists()).isEqualTo(1);

            issuer.up();
            until(Duration.ofSeconds(30), () -> verifier.verify(token) instanceof Verification.Verified);
        }
    }

    @Test
    void letsTokensInAfterTheLastListExpiredWhereToldTo() throws InterruptedException {
        try (TokenVerifier verifier = ready(builder().offline(OfflinePolicy.FAIL_OPEN))) {
            long end = issuer.clock.instant().getEpochSecond() + 3_600;
            String token = issuer.token(Map.of("exp", end));
            String revoked = issuer.token(Map.of("exp", end));
            verified(verifier.verify(token));
            issuer.revoke(verified(verifier.verify(revoked)));
            until(LONG, () -> isRefused(verifier.verify(revoked), RefusalReason.REVOKED));
            issuer.down();
            issuer.clock.move(Duration.ofMinutes(11));

            assertThat(verifier.verify(token))
                    .isInstanceOfSatisfying(
                            Verification.Verified.class,
                            verified -> assertThat(verified.statusConfirmed()).isFalse());
            // What is known to be revoked stays so.
            refused(verifier.verify(revoked), RefusalReason.REVOKED);
        }
    }

    @Test
    void believesNoListThatIsNotTheIssuersOwn() throws InterruptedException {
        issuer.timeToLive = Duration.ofSeconds(1);
        issuer.listInstead = issuer.signedList("1", Map.of("typ", "JWT"), Map.of());
        try (TokenVerifier verifier = builder().patience(Duration.ofMillis(500)).build()) {
            List<String> bad = List.of(
                    issuer.signedList("1", Map.of("typ", "JWT"), Map.of()),
                    issuer.signedList("1", Map.of("alg", "HS256"), Map.of()),
                    issuer.signedList("1", Map.of(), Map.of("sub", issuer.listUri("2"))),
                    issuer.signedList("1", Map.of(), Map.of("iss", "https://evil.example")),
                    issuer.signedList(
                            "1", Map.of(), Map.of("exp", issuer.clock.instant().getEpochSecond() - 1)),
                    issuer.signedList(
                            "1", Map.of(), Map.of("iat", issuer.clock.instant().getEpochSecond() + 600)),
                    issuer.signedList("1", Map.of(), Map.of("status_list", Map.of("bits", 3, "lst", "AA"))),
                    issuer.signedList("1", Map.of(), Map.of("status_list", Map.of("bits", 1, "lst", "AA"))),
                    issuer.signedList("1", Map.of(), bomb()),
                    TestKey.of("es", "ES256").sign(Map.of("typ", "statuslist+jwt"), Map.of("sub", issuer.listUri("1"))),
                    "nonsense");
            for (String list : bad) {
                issuer.listInstead = list;
                int before = issuer.calls("/status/1");
                until(Duration.ofSeconds(40), () -> {
                    verifier.verify(issuer.token());
                    return issuer.calls("/status/1") > before;
                });
                Thread.sleep(100);

                refused(verifier.verify(issuer.token()), RefusalReason.STATUS_UNAVAILABLE);
                issuer.tell("event: changed\ndata: " + issuer.listUri("1") + "\n\n");
            }
            issuer.listInstead = null;
            until(Duration.ofSeconds(40), () -> verifier.verify(issuer.token()) instanceof Verification.Verified);
        }
    }

    @Test
    void doesNotGoBackToAnOlderList() throws InterruptedException {
        try (TokenVerifier verifier = ready(builder())) {
            String before = issuer.signedList(
                    "1", Map.of(), Map.of("iat", issuer.clock.instant().getEpochSecond() - 120));
            String token = issuer.token();
            issuer.revoke(verified(verifier.verify(token)));
            until(LONG, () -> isRefused(verifier.verify(token), RefusalReason.REVOKED));

            issuer.listInstead = before;
            int calls = issuer.calls("/status/1");
            until(LONG, () -> issuer.calls("/status/1") > calls + 1);

            refused(verifier.verify(token), RefusalReason.REVOKED);
        }
    }

    @Test
    void forgetsNothingWhenManyListsAreAnnouncedButKeepsToItsLimit() throws InterruptedException {
        for (int i = 10; i < 40; i++) {
            issuer.announce(Integer.toString(i));
        }
        try (TokenVerifier verifier = builder().statusListLimits(8, 4_096).build()) {
            until(LONG, () -> verifier.state().statusLists() == 8);
            Thread.sleep(300);
            assertThat(verifier.state().statusLists()).isEqualTo(8);
        }
    }

    private static Map<String, Object> bomb() {
        return Map.of(
                "status_list",
                Map.of("bits", 1, "lst", TestKey.encode(TestIssuer.deflated(new byte[8 * 1024 * 1024]))));
    }
}
