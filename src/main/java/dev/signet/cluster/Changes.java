package dev.signet.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells all nodes, this one included, that something of a topic changed.
 *
 * <p>Carried by PostgreSQL's {@code NOTIFY} within the transaction that makes the change: nobody hears of a change that
 * was rolled back. It serialises commits, so only changes of configuration and revocations are published, never the
 * issue of a token.
 *
 * <p>What is kept in memory by it should be kept in a {@link Fresh}, which does not hold on to a value whose load began
 * before the change.
 */
@Component
public class Changes {

    static final String CHANNEL = "signet_changes";

    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    private final JdbcClient jdbc;
    private final Map<String, List<Subscriber>> subscribers = new ConcurrentHashMap<>();

    Changes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Subscriber(Consumer<String> onKey, Runnable onLostTrack) {}

    /**
     * Announces a change when the surrounding transaction commits; without one, at once.
     *
     * @param topic what kind of thing changed, without a colon, for example {@code client}
     * @param key which one; at most 7,000 bytes
     */
    public void publish(String topic, String key) {
        if (topic.isEmpty() || topic.indexOf(':') >= 0) {
            throw new IllegalArgumentException("A topic is a word without colon: " + topic);
        }
        jdbc.sql("select pg_notify(?, ?)")
                .param(CHANNEL)
                .param(topic + ":" + key)
                .query((row, number) -> Boolean.TRUE)
                .single();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // The node that made the change must not serve the old state until its own notification comes back.
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    deliver(topic, key);
                }
            });
        } else {
            deliver(topic, key);
        }
    }

    /**
     * Calls back, on a thread of this module, for each change of a topic. Call-backs must be quick and not block.
     *
     * @param onKey told the key that changed; may be told twice
     * @param onLostTrack told that changes may have been missed: drop everything that is kept
     */
    public void subscribe(String topic, Consumer<String> onKey, Runnable onLostTrack) {
        subscribers.computeIfAbsent(topic, any -> new CopyOnWriteArrayList<>()).add(new Subscriber(onKey, onLostTrack));
    }

    void received(String payload) {
        int colon = payload.indexOf(':');
        if (colon > 0) {
            deliver(payload.substring(0, colon), payload.substring(colon + 1));
        }
    }

    void lostTrack() {
        subscribers.values().forEach(list -> list.forEach(one -> guarded(one.onLostTrack())));
    }

    private void deliver(String topic, String key) {
        subscribers
                .getOrDefault(topic, List.of())
                .forEach(one -> guarded(() -> one.onKey().accept(key)));
    }

    private static void guarded(Runnable callBack) {
        try {
            callBack.run();
        } catch (RuntimeException e) {
            log.error("A subscriber failed to take notice of a change", e);
        }
    }
}
