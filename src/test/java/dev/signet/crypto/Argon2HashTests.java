package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class Argon2HashTests {

    private static final SecretValue SECRET = new SecretValue("correct horse battery staple");

    private final Argon2Hash hash = new Argon2Hash(Argon2.fastest(true), settings(19, 2, 2, 64, 20_000));

    private static HashingProperties settings(int mebibytes, int passes, int atOnce, int waiting, int wait) {
        return new HashingProperties(
                DataSize.ofMegabytes(mebibytes), passes, 1, atOnce, waiting, Duration.ofMillis(wait));
    }

    static Stream<Argon2> bothWays() {
        return Stream.of(new Argon2.Native(), new Argon2.Java());
    }

    @AfterEach
    void stop() {
        hash.close();
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void computesWhatTheReferenceImplementationDoes(Argon2 argon2) {
        // From the test file of the reference implementation: argon2id, v=19, t=2, m=2^16, p=1.
        byte[] computed = argon2.hash(
                "password".getBytes(StandardCharsets.UTF_8),
                "somesalt".getBytes(StandardCharsets.UTF_8),
                new Argon2Cost(65_536, 2, 1),
                32);

        assertThat(HexFormat.of().formatHex(computed))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void theNativeLibraryIsUsedWhereItLoadsAndNotWhereItIsForbidden() {
        assertThat(Argon2.fastest(true)).isInstanceOf(Argon2.Native.class);
        assertThat(Argon2.fastest(false)).isInstanceOf(Argon2.Java.class);
    }

    @Test
    void hashesAskedForWhileTheLibraryLoadsWaitForIt() {
        var cost = new Argon2Cost(64, 1, 1);
        byte[] salt = new byte[16];

        assertThat(Argon2.loading(true).hash(new byte[] {1}, salt, cost, 32))
                .isEqualTo(new Argon2.Java().hash(new byte[] {1}, salt, cost, 32));
    }

    @Test
    void recognisesTheSecretAndNoOther() {
        String phc = hash.hash(SECRET);

        assertThat(phc).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").hasSizeLessThan(128);
        assertThat(hash.matches(SECRET, phc)).isTrue();
        assertThat(hash.matches(new SecretValue("correct horse battery stapl"), phc))
                .isFalse();
        assertThat(hash.matches(new SecretValue(""), phc)).isFalse();
        assertThat(hash.hash(SECRET)).isNotEqualTo(phc);
    }

    @Test
    void whatOneWayHashedTheOtherRecognises() {
        try (Argon2Hash java = new Argon2Hash(new Argon2.Java(), settings(19, 2, 2, 64, 20_000))) {
            assertThat(java.matches(SECRET, hash.hash(SECRET))).isTrue();
            assertThat(hash.matches(SECRET, java.hash(SECRET))).isTrue();
        }
    }

    @Test
    void takesHashesOfOtherParametersAndLengths() {
        // argon2 somesaltsomesalt -id -t 3 -k 8192 -p 4 -l 24, computed by the other implementation
        byte[] salt = "somesaltsomesalt".getBytes(StandardCharsets.UTF_8);
        var cost = new Argon2Cost(8192, 3, 4);
        byte[] expected = new Argon2.Java().hash(SECRET.reveal().getBytes(StandardCharsets.UTF_8), salt, cost, 24);

        assertThat(hash.matches(SECRET, new PhcString(cost, salt, expected).text()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc",
                "$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc",
                "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=9999,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=0,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc",
                "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=2,p=1$c29t$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc\n"
            })
    void refusesStringsThatAreNoHashOfOursAndMatchesNothingAgainstThem(String text) {
        assertThat(hash.accepts(text)).isFalse();
        assertThat(hash.outdated(text)).isTrue();
        assertThat(hash.matches(SECRET, text)).isFalse();
    }

    @Test
    void nothingMatchesTheDecoy() {
        String decoy = hash.decoy();

        assertThat(hash.accepts(decoy)).isTrue();
        assertThat(decoy).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").hasSameSizeAs(hash.hash(SECRET));
        assertThat(hash.matches(SECRET, decoy)).isFalse();
    }

    @Test
    void knowsWhichHashesAreWeakerThanTheSettingsDemand() {
        String now = hash.hash(SECRET);
        try (Argon2Hash more = new Argon2Hash(Argon2.fastest(true), settings(32, 2, 2, 64, 20_000))) {
            assertThat(hash.outdated(now)).isFalse();
            assertThat(more.outdated(now)).isTrue();
            assertThat(more.matches(SECRET, now)).isTrue();
            assertThat(hash.outdated(more.hash(SECRET))).isFalse();
        }
    }

    @Test
    void computesOnlySoManyAtOnceAndTurnsTheRestAway() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        Argon2 blocking = (secret, salt, cost, length) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            running.countDown();
            awaitQuietly(release);
            now.decrementAndGet();
            return new byte[length];
        };
        try (Argon2Hash busy = new Argon2Hash(blocking, settings(19, 2, 2, 3, 10_000))) {
            AtomicInteger done = new AtomicInteger();
            Thread[] threads = new Thread[5];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = Thread.ofVirtual().start(() -> {
                    busy.hash(SECRET);
                    done.incrementAndGet();
                });
                if (i == 1) {
                    running.await();
                }
            }
            awaitFullQueue(busy);

            assertThatThrownBy(() -> busy.hash(SECRET))
                    .isInstanceOf(HashingBusy.class)
                    .satisfies(e -> assertThat(((HashingBusy) e).retryAfter()).isPositive());
            release.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(done).hasValue(5);
            assertThat(most).hasValue(2);
        }
    }

    private static void awaitFullQueue(Argon2Hash busy) throws InterruptedException {
        for (int i = 0; i < 500 && busy.waiting() < 3; i++) {
            Thread.sleep(10);
        }
        assertThat(busy.waiting()).isEqualTo(3);
    }

    @Test
    void waitsNoLongerThanAllowedAndLeavesTheQueue() {
        CountDownLatch release = new CountDownLatch(1);
        Argon2 blocking = (secret, salt, cost, length) -> {
            awaitQuietly(release);
            return new byte[length];
        };
        try (Argon2Hash busy = new Argon2Hash(blocking, settings(19, 2, 1, 10, 50))) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> busy.hash(SECRET)).isInstanceOf(HashingBusy.class);
            }
            assertThat(busy.waiting()).isZero();
        } finally {
            release.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 18})
    void refusesSettingsThatWouldMakeHashesCheap(int mebibytes) {
        assertThatThrownBy(() -> settings(mebibytes, 2, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
