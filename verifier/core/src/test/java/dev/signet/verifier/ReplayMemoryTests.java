package dev.signet.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayMemoryTests {

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ReplayMemory memory = new ReplayMemory(1_600, Duration.ofSeconds(120));

    @Test
    void tellsTheFirstUseFromTheOthers() {
        assertThat(memory.use(Sha256.of("a"), now)).isEqualTo(ReplayMemory.Use.FIRST);
        assertThat(memory.use(Sha256.of("a"), now.plusSeconds(119))).isEqualTo(ReplayMemory.Use.REPEATED);
        assertThat(memory.use(Sha256.of("b"), now)).isEqualTo(ReplayMemory.Use.FIRST);
    }

    @Test
    void doesNotGrowWithoutBoundAndForgetsNothingThatMayBeReplayed() {
        int full = 0;
        for (int i = 0; i < 10_000; i++) {
            if (memory.use(Sha256.of("n" + i), now) == ReplayMemory.Use.FULL) {
                full++;
            }
        }

        assertThat(memory.size()).isLessThanOrEqualTo(1_600);
        assertThat(full).isEqualTo(10_000 - memory.size());
        assertThat(memory.use(Sha256.of("n0"), now)).isEqualTo(ReplayMemory.Use.REPEATED);
    }

    @Test
    void makesRoomAsProofsAgeOut() {
        for (int i = 0; i < 10_000; i++) {
            memory.use(Sha256.of("n" + i), now);
        }

        Instant later = now.plusSeconds(121);
        for (int i = 0; i < 1_000; i++) {
            assertThat(memory.use(Sha256.of("later" + i), later)).isEqualTo(ReplayMemory.Use.FIRST);
        }
        assertThat(memory.size()).isLessThanOrEqualTo(1_000 + 200);
    }
}
