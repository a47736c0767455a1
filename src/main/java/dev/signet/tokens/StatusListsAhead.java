package dev.signet.tokens;

import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Opens the status lists of the coming hours before their first token, so that APIs know every list from the announced
 * ones and no request of theirs ever waits for one. Any node may do it; doing it twice changes nothing.
 */
@Component
class StatusListsAhead implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StatusListsAhead.class);

    private static final int HOURS = 2;
    private static final long MINUTES_BETWEEN = 5;

    private final StatusListStore store;
    private final SigningKeys keys;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("status-lists-ahead").factory());
    private volatile boolean running;

    StatusListsAhead(StatusListStore store, SigningKeys keys, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    private void open() {
        try {
            Instant now = Instant.now(clock);
            for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
                if (keys.available(algorithm)) {
                    String kid = keys.activeKid(algorithm);
                    for (int ahead = 0; ahead < HOURS; ahead++) {
                        store.openAhead(kid, StatusIndex.hourOf(now) + ahead, now);
                    }
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("Status lists could not be opened ahead: {}", e.toString());
        }
    }

    @Override
    public void start() {
        open();
        timer.scheduleWithFixedDelay(this::open, MINUTES_BETWEEN, MINUTES_BETWEEN, TimeUnit.MINUTES);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
