package dev.signet.keys;

import dev.signet.audit.AuditKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which steps signing keys are to take by now. Moments, not commands, move a key on: a key is stored with the moment at
 * which it begins to sign, so that all nodes change over together even while the database is away.
 *
 * @param announce how long a key is in the JWK set before it signs
 * @param rotateEvery how long a key signs
 * @param keepRetired how long a key stays in the JWK set after it signed its last token; no token lives longer
 */
record KeySchedule(Duration announce, Duration rotateEvery, Duration keepRetired) {

    /** On top of what caches may keep: nodes read keys every few seconds, and begin to sign a little early. */
    private static final Duration SLACK = SigningKey.CLOCK_LEEWAY.multipliedBy(2);

    static KeySchedule of(KeysProperties properties) {
        Duration announce =
                properties.announce().compareTo(properties.maxAge()) < 0 ? properties.maxAge() : properties.announce();
        return new KeySchedule(announce.plus(SLACK), properties.rotateEvery(), properties.keepRetired());
    }

    /** Algorithms whose next key should be announced by now. */
    Set<SigningAlgorithm> lackingNext(List<SigningKey> rows, Instant now) {
        Set<SigningAlgorithm> lacking = EnumSet.noneOf(SigningAlgorithm.class);
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            current(rows, algorithm, now)
                    .filter(key -> next(rows, algorithm, now).isEmpty())
                    .filter(key -> !end(key).minus(announce).isAfter(now))
                    .ifPresent(key -> lacking.add(algorithm));
        }
        return lacking;
    }

    /**
     * The steps that are due.
     *
     * @param fresh keys made for the algorithms that lack a next one
     */
    List<KeyStep> due(List<SigningKey> rows, Instant now, Map<SigningAlgorithm, SigningKey> fresh) {
        List<KeyStep> steps = new ArrayList<>();
        for (SigningAlgorithm algorithm : lackingNext(rows, now)) {
            if (fresh.containsKey(algorithm)) {
                Instant end = end(current(rows, algorithm, now).orElseThrow());
                steps.add(announced(fresh.get(algorithm), now, end));
            }
        }
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            // A minute late: nodes whose clocks are behind must have changed over before the private half goes.
            current(rows, algorithm, now.minus(SigningKey.CLOCK_LEEWAY))
                    .ifPresent(current -> replace(rows, current, now, steps));
        }
        for (SigningKey key : rows) {
            Instant retired = key.retiredAt();
            if (key.state(now) == KeyState.RETIRING
                    && retired != null
                    && !retired.plus(keepRetired).isAfter(now)) {
                steps.add(new KeyStep(AuditKind.KEY_REMOVED, key.removed(now)));
            }
        }
        return steps;
    }

    /** A key for clients to learn now, and to sign from the given moment on, or later if that leaves too little time. */
    KeyStep announced(SigningKey fresh, Instant now, Instant wanted) {
        Instant earliest = now.plus(announce);
        return new KeyStep(AuditKind.KEY_CREATED, fresh.announced(now, wanted.isAfter(earliest) ? wanted : earliest));
    }

    private static void replace(List<SigningKey> rows, SigningKey current, Instant now, List<KeyStep> steps) {
        List<SigningKey> earlier = rows.stream()
                .filter(key -> key.algorithm() == current.algorithm() && key.isAlive() && key != current)
                .filter(key -> key.hasBegun(now) && !key.activatedAt().isAfter(current.activatedAt()))
                .toList();
        if (!earlier.isEmpty()) {
            steps.add(new KeyStep(AuditKind.KEY_ACTIVATED, current));
            earlier.forEach(key -> steps.add(new KeyStep(AuditKind.KEY_RETIRED, key.retired(now))));
        }
    }

    /** The key that signs. */
    static Optional<SigningKey> current(List<SigningKey> rows, SigningAlgorithm algorithm, Instant now) {
        return rows.stream()
                .filter(key -> key.algorithm() == algorithm && key.isAlive() && key.hasBegun(now))
                .max(Comparator.comparing(SigningKey::activatedAt).thenComparing(SigningKey::kid));
    }

    /** The key that is announced. */
    static Optional<SigningKey> next(List<SigningKey> rows, SigningAlgorithm algorithm, Instant now) {
        return rows.stream()
                .filter(key -> key.algorithm() == algorithm && key.isAlive() && !key.hasBegun(now))
                .min(Comparator.comparing(SigningKey::activatedAt).thenComparing(SigningKey::kid));
    }

    private Instant end(SigningKey key) {
        return key.activatedAt().plus(rotateEvery);
    }
}
