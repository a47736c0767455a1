package dev.signet.keys;

import dev.signet.audit.AuditKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves signing keys on: announced, active, retiring, removed, by a schedule nobody notices. And the two things an
 * administrator may do out of turn: have the next key announced now, and kill one.
 *
 * <p>One node does it at a time, whichever is first; the others learn of it at once, and within the refresh interval if
 * word was lost.
 */
public final class KeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private final SigningKeys keys;
    private final SigningKeyStore store;
    private final KeyMint mint;
    private final KeySchedule schedule;
    private final Clock clock;

    KeyRotation(SigningKeys keys, SigningKeyStore store, KeyMint mint, KeySchedule schedule, Clock clock) {
        this.keys = keys;
        this.store = store;
        this.mint = mint;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** All keys ever, by algorithm and age, the newest first. */
    public List<KeyView> list() {
        Instant now = clock.instant();
        return store.all().stream()
                .sorted(Comparator.comparing(SigningKey::algorithm)
                        .thenComparing(SigningKey::publishedAt, Comparator.reverseOrder()))
                .map(key -> KeyView.of(key, now))
                .toList();
    }

    /**
     * Announces the next key of each algorithm in use, unless one is announced already. It signs as soon as every cache of
     * the JWK set must have it.
     *
     * @return the keys announced
     */
    public List<KeyView> rotate() {
        Instant now = clock.instant();
        Map<SigningAlgorithm, SigningKey> fresh = mint.make(lackingAny(store.all(), now), now);
        return changed(store.change(rows -> {
            Set<SigningAlgorithm> lacking = lackingAny(rows, now);
            return fresh.values().stream()
                    .filter(key -> lacking.contains(key.algorithm()))
                    .map(key -> schedule.announced(key, now, now))
                    .toList();
        }));
    }

    /**
     * Kills a key, for when its private half may be known to others: it leaves the JWK set, verifies nothing, and its
     * tokens end ({@link KeyKilled}). Where it was the one that signs, the announced key takes over at once, or a new one.
     *
     * @return the keys this changed: the killed one, then the one that signs in its place, if it was the active one; empty
     *     if there is no such key or it was killed before
     */
    public List<KeyView> kill(String kid) {
        Instant now = clock.instant();
        Optional<SigningKey> target =
                store.all().stream().filter(key -> key.kid().equals(kid)).findFirst();
        if (target.isEmpty()) {
            return List.of();
        }
        SigningKey fresh = mint.make(target.get().algorithm(), now);
        return changed(store.change(rows -> killing(rows, kid, fresh, now)));
    }

    private static List<KeyStep> killing(List<SigningKey> rows, String kid, SigningKey fresh, Instant now) {
        List<KeyStep> steps = new ArrayList<>();
        for (SigningKey key : rows) {
            if (key.kid().equals(kid) && key.killedAt() == null) {
                steps.add(new KeyStep(AuditKind.KEY_KILLED, key.killed(now)));
                List<SigningKey> others =
                        rows.stream().filter(other -> other != key).toList();
                if (key.isAlive()
                        && KeySchedule.current(others, key.algorithm(), now).isEmpty()) {
                    Optional<SigningKey> next = KeySchedule.next(others, key.algorithm(), now);
                    steps.add(
                            next.isPresent()
                                    ? new KeyStep(
                                            AuditKind.KEY_ACTIVATED, next.get().activated(now))
                                    : new KeyStep(AuditKind.KEY_CREATED, fresh));
                }
            }
        }
        return steps;
    }

    /** Takes the steps that are due, if any; without a statement if there are none. */
    void pass() {
        Instant now = clock.instant();
        List<SigningKey> known = keys.rows();
        Set<SigningAlgorithm> lacking = schedule.lackingNext(known, now);
        boolean due = !lacking.isEmpty()
                || !schedule.due(known, now, Map.of()).isEmpty()
                || known.stream().anyMatch(mint::isOutdated);
        if (!due) {
            return;
        }
        Map<SigningAlgorithm, SigningKey> fresh = mint.make(lacking, now);
        changed(store.tryChange(rows -> {
            List<KeyStep> steps = new ArrayList<>(schedule.due(rows, now, fresh));
            Set<String> touched = new HashSet<>();
            steps.forEach(step -> touched.add(step.key().kid()));
            rows.stream()
                    .filter(key -> !touched.contains(key.kid()) && mint.isOutdated(key))
                    .forEach(key -> steps.add(new KeyStep(AuditKind.KEY_RESEALED, mint.sealedAnew(key))));
            return steps;
        }));
    }

    private List<KeyView> changed(List<KeyStep> steps) {
        if (steps.isEmpty()) {
            return List.of();
        }
        keys.refresh(Duration.ZERO);
        Instant now = clock.instant();
        for (KeyStep step : steps) {
            LOG.info(
                    "Signing key {} ({}): {}",
                    step.key().kid(),
                    step.key().algorithm().jwsName(),
                    step.kind().code());
        }
        return steps.stream().map(step -> KeyView.of(step.key(), now)).toList();
    }

    /** Algorithms in use without an announced key. */
    private static Set<SigningAlgorithm> lackingAny(List<SigningKey> rows, Instant now) {
        Set<SigningAlgorithm> lacking = EnumSet.noneOf(SigningAlgorithm.class);
        Arrays.stream(SigningAlgorithm.values())
                .filter(algorithm -> KeySchedule.current(rows, algorithm, now).isPresent())
                .filter(algorithm -> KeySchedule.next(rows, algorithm, now).isEmpty())
                .forEach(lacking::add);
        return lacking;
    }
}
