package dev.signet.operations;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs housekeeping from shortly after the start until the stop; a pass that fails is tried again at the next one. */
final class HousekeepingSchedule implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HousekeepingSchedule.class);
    private static final Duration FIRST = Duration.ofSeconds(5);

    private final Housekeeping housekeeping;
    private final Duration interval;
    private @Nullable ScheduledExecutorService executor;

    HousekeepingSchedule(Housekeeping housekeeping, Duration interval) {
        this.housekeeping = housekeeping;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("housekeeping").factory());
        started.scheduleWithFixedDelay(
                this::pass,
                Math.min(FIRST.toMillis(), interval.toMillis()),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
        executor = started;
    }

    private void pass() {
        try {
            housekeeping.pass();
        } catch (SQLException | RuntimeException e) {
            log.warn("Housekeeping did not finish: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService running = executor;
        executor = null;
        if (running == null) {
            return;
        }
        running.shutdownNow();
        try {
            if (!running.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("Housekeeping is still at work; its transaction is rolled back with its connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
