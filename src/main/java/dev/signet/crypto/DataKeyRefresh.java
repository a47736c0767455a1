package dev.signet.crypto;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a node learn of new data keys well before anything is made with them. */
final class DataKeyRefresh implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(DataKeyRefresh.class);

    private final DataKeys keys;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(DataKeyRefresh::thread);
    private boolean failing;

    DataKeyRefresh(DataKeys keys) {
        this.keys = keys;
        long pause = INTERVAL.toMillis();
        timer.scheduleWithFixedDelay(this::refresh, pause, pause, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("data-keys").unstarted(work);
        // Not the one of the thread that starts the server, which Tomcat would take for a leak.
        thread.setContextClassLoader(DataKeyRefresh.class.getClassLoader());
        return thread;
    }

    private void refresh() {
        try {
            keys.refresh();
            failing = false;
        } catch (RuntimeException e) {
            // Once per outage: the timer must go on, and the log must stay readable.
            if (!failing) {
                LOG.warn("Data keys could not be read; going on with those in memory: {}", e.toString());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
