package dev.signet.protection;

import dev.signet.crypto.KeyedHash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts attempts and refuses those beyond a limit.
 *
 * <p>Each (rule, key) is a bucket, kept as the one instant at which it will be full again (the generic cell rate
 * algorithm). Taking an attempt is a single conditional statement: of any number of parallel requests, on any number of
 * nodes, exactly as many are admitted as attempts were left. A refused attempt changes nothing, so hammering does not
 * prolong the wait.
 *
 * <p>Keys are stored as keyed hashes: they are addresses and names that people typed.
 */
@Component
public class Throttle {

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final ThrottleStore store;
    private final ProtectionProperties properties;
    private final KeyedHash hash;
    private final Clock clock;

    Throttle(ThrottleStore store, ProtectionProperties properties, KeyedHash hash, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * Takes one attempt, if one is left.
     *
     * @throws IllegalStateException within a transaction: its rollback would make the attempt free
     */
    public Admission take(Rule rule, String key) {
        refuseWithinTransaction();
        Limit limit = properties.limit(rule);
        byte[] bucket = bucket(rule, key);
        Instant now = clock.instant();
        if (store.take(rule.code(), bucket, now, limit)) {
            return new Admission.Admitted();
        }
        Optional<Instant> fullAt = store.fullAt(rule.code(), bucket);
        Instant free = fullAt.orElse(now).plus(limit.interval()).minus(limit.per());
        Duration wait = Duration.between(now, free);
        return new Admission.Refused(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
    }

    /** Gives one attempt back, of which it turned out that it need not count. */
    public void giveBack(Rule rule, String key) {
        refuseWithinTransaction();
        store.giveBack(rule.code(), bucket(rule, key), properties.limit(rule));
    }

    private byte[] bucket(Rule rule, String key) {
        return hash.of("throttle " + rule.code(), key);
    }

    private static void refuseWithinTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "Attempts are counted outside of transactions: a rollback would undo the count");
        }
    }
}
