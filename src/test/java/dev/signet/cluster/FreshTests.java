package dev.signet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Together;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreshTests {

    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final Fresh<String, Optional<Integer>> fresh =
            new Fresh<>(Duration.ofSeconds(5), 3, key -> Optional.of(loads.incrementAndGet()), nanos::get);

    @Test
    void loadsOnceAndThenAnswersFromMemory() {
        assertThat(fresh.get("a")).contains(1);
        assertThat(fresh.get("a")).contains(1);
        assertThat(fresh.get("b")).contains(2);
    }

    @Test
    void loadsAgainWhenTheValueIsTooOld() {
        fresh.get("a");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(fresh.get("a")).contains(1);
        nanos.incrementAndGet();
        assertThat(fresh.get("a")).contains(2);
    }

    @Test
    void loadsAgainAfterAChange() {
        fresh.get("a");
        fresh.get("b");
        fresh.drop("a");
        assertThat(fresh.get("a")).contains(3);
        assertThat(fresh.get("b")).contains(2);
        fresh.dropAll();
        assertThat(fresh.get("b")).contains(4);
    }

    @Test
    void doesNotKeepWhatWasLoadedBeforeAChange() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        AtomicInteger state = new AtomicInteger(1);
        Fresh<String, Integer> slow = new Fresh<>(Duration.ofSeconds(5), 3, key -> {
            int read = state.get();
            loading.countDown();
            await(changed);
            return read;
        });
        Thread reader = Thread.ofVirtual().start(() -> slow.get("a"));
        loading.await();

        state.set(2);
        slow.drop("a");
        changed.countDown();
        reader.join();

        assertThat(slow.get("a")).isEqualTo(2);
    }

    @Test
    void neverServesAnOldStateAfterTheChangeHoweverThreadsInterleave() throws Exception {
        AtomicInteger state = new AtomicInteger();
        Fresh<String, Integer> shared = new Fresh<>(Duration.ofMinutes(1), 3, key -> state.get());
        Together.run(8, () -> {
            for (int i = 0; i < 20_000; i++) {
                int mine;
                synchronized (state) {
                    mine = state.incrementAndGet();
                    shared.drop("a");
                }
                assertThat(shared.get("a")).isGreaterThanOrEqualTo(mine);
            }
            return true;
        });
        assertThat(shared.get("a")).isEqualTo(160_000);
    }

    @Test
    void staysWithinItsCapacityWhenAskedForKeysThatDoNotExist() {
        for (int i = 0; i < 100; i++) {
            fresh.get("key " + i);
        }
        assertThat(fresh.size()).isEqualTo(3);

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        fresh.get("new");
        assertThat(fresh.size()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
