package dev.signet.keys;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a node learn within the refresh interval what others did to the signing keys, off the path of any request. */
final class KeyRefresh implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRefresh.class);

    private final SigningKeys keys;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(KeyRefresh::thread);
    private boolean failing;

    KeyRefresh(SigningKeys keys, Duration interval) {
        this.keys = keys;
        timer.scheduleWithFixedDelay(this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("signet-keys").unstarted(work);
        // Not the one of the thread that starts the server, which Tomcat would take for a leak.
        thread.setContextClassLoader(KeyRefresh.class.getClassLoader());
        return thread;
    }

    private void refresh() {
        try {
            keys.refresh(Duration.ZERO);
            if (failing) {
                LOG.info("Signing keys are read again");
            }
            failing = false;
        } catch (RuntimeException e) {
            // Once per outage: the timer must go on, and the log must stay readable.
            if (!failing) {
                LOG.warn("Signing keys could not be read; going on with those in memory: {}", e.toString());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
