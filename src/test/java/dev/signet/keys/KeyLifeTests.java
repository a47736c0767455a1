package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A key's way from published to killed, and what other nodes see of it. */
class KeyLifeTests {

    private final TestKeys world = TestKeys.create();
    private final SigningKeys keys = world.keys();
    private final String token = keys.sign(SigningAlgorithm.ES256, "JWT", Map.of("sub", "a"));
    private final String kid = keys.verify(token).orElseThrow().kid();

    private static SigningKey with(
            SigningKey row, Instant activatedAt, Instant retiredAt, Instant removedAt, Instant killedAt) {
        return new SigningKey(
                row.kid(),
                row.algorithm(),
                row.publicJwk(),
                retiredAt == null ? row.sealedPrivate() : null,
                row.publishedAt(),
                activatedAt,
                retiredAt,
                removedAt,
                killedAt);
    }

    private List<String> published() throws Exception {
        keys.refresh(Duration.ZERO);
        return JWKSet.parse(new String(keys.published().json(), StandardCharsets.UTF_8)).getKeys().stream()
                .map(key -> key.getKeyID())
                .toList();
    }

    @Test
    void aPublishedKeyIsShownButDoesNotSignYet() throws Exception {
        world.replace(kid, row -> with(row, Instant.now().plus(Duration.ofHours(48)), null, null, null));

        assertThat(published()).contains(kid);
        assertThat(keys.available(SigningAlgorithm.ES256)).isFalse();
        assertThat(keys.verify(token)).isPresent();
    }

    @Test
    void aKeyThatAnotherNodesFasterClockActivatedSignsAlready() throws Exception {
        world.replace(kid, row -> with(row, Instant.now().plusSeconds(20), null, null, null));

        assertThat(published()).contains(kid);
        assertThat(keys.available(SigningAlgorithm.ES256)).isTrue();
    }

    @Test
    void aRetiredKeyIsShownAndVerifiesButSignsNoMore() throws Exception {
        Instant now = Instant.now();
        world.replace(kid, row -> with(row, now.minusSeconds(100), now.minusSeconds(1), null, null));

        assertThat(published()).contains(kid);
        assertThat(keys.available(SigningAlgorithm.ES256)).isFalse();
        assertThat(keys.verify(token)).isPresent();
        keys.ensure(SigningAlgorithm.ES256);
        String next = keys.sign(SigningAlgorithm.ES256, "JWT", Map.of());
        assertThat(keys.verify(next).orElseThrow().kid()).isNotEqualTo(kid);
        assertThat(published()).hasSize(3);
    }

    @Test
    void aRemovedKeyStillVerifies() throws Exception {
        Instant now = Instant.now();
        world.replace(kid, row -> with(row, now.minusSeconds(100), now.minusSeconds(2), now.minusSeconds(1), null));

        assertThat(published()).doesNotContain(kid);
        assertThat(keys.verify(token)).isPresent();
    }

    @Test
    void aKilledKeyVerifiesNothing() throws Exception {
        Instant now = Instant.now();
        world.replace(kid, row -> with(row, now.minusSeconds(100), null, null, now));

        assertThat(published()).doesNotContain(kid);
        assertThat(keys.verify(token)).isEmpty();
        assertThat(keys.available(SigningAlgorithm.ES256)).isFalse();
    }

    @Test
    void theNewestActiveKeySigns() {
        Instant now = Instant.now();
        world.replace(kid, row -> with(row, now.plus(Duration.ofHours(1)), null, null, null));
        keys.refresh(Duration.ZERO);
        keys.ensure(SigningAlgorithm.ES256);
        String second = keys.verify(keys.sign(SigningAlgorithm.ES256, "JWT", Map.of()))
                .orElseThrow()
                .kid();
        world.replace(kid, row -> with(row, now.plusSeconds(5), null, null, null));
        keys.refresh(Duration.ZERO);

        assertThat(keys.verify(keys.sign(SigningAlgorithm.ES256, "JWT", Map.of()))
                        .orElseThrow()
                        .kid())
                .isEqualTo(kid)
                .isNotEqualTo(second);
    }

    @Test
    void ensuringAnActiveKeyChangesNothing() {
        keys.ensure(SigningAlgorithm.ES256);
        world.otherNode().ensure(SigningAlgorithm.RS256);

        assertThat(world.rows()).hasSize(2);
    }

    @Test
    void anotherNodeLearnsOfANewKeyWhenItMeetsItsId() throws InterruptedException {
        SigningKeys other = world.otherNode();
        keys.ensure(SigningAlgorithm.EDDSA);
        String fresh = keys.sign(SigningAlgorithm.EDDSA, "JWT", Map.of());
        Thread.sleep(1100);

        assertThat(other.verify(fresh)).isPresent();
        assertThat(other.available(SigningAlgorithm.EDDSA)).isTrue();
    }

    @Test
    void unknownKeyIdsMakeItReadAtMostOnceASecond() throws InterruptedException {
        String foreign = TestKeys.create().keys().sign(SigningAlgorithm.ES256, "JWT", Map.of());
        Thread.sleep(1100);
        int before = world.reads();
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(keys.verify(foreign)).isEmpty();
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;

        assertThat(world.reads() - before).isBetween(1, (int) seconds + 1);
    }
}
