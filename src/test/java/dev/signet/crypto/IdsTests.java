package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IdsTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final Ids ids = new Ids(movable());

    private Clock movable() {
        InstantSource source = time::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void areUuidsOfVersionSevenWithTheTimeInFront() {
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void growEvenWhenTheClockStandsStill() {
        growing(20_000);
    }

    @Test
    void growEvenWhenTheClockGoesBack() {
        UUID before = ids.next();
        time.set(NOW.minusSeconds(3600));

        assertThat(ids.next().toString()).isGreaterThan(before.toString());
        growing(100);
    }

    @Test
    void followTheClockAgainAfterwards() {
        ids.next();
        time.set(NOW.plusSeconds(1));

        assertThat(ids.next().getMostSignificantBits() >>> 16)
                .isEqualTo(NOW.plusSeconds(1).toEpochMilli());
    }

    @Test
    void areUniqueAcrossThreads() throws InterruptedException {
        Set<UUID> all = Collections.synchronizedSet(new HashSet<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 2_000; n++) {
                    all.add(ids.next());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(all).hasSize(16_000);
    }

    private void growing(int count) {
        String previous = ids.next().toString();
        for (int i = 0; i < count; i++) {
            String next = ids.next().toString();
            assertThat(next).isGreaterThan(previous);
            previous = next;
        }
    }
}
