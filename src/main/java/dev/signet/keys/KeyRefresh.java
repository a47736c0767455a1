package dev.signet.keys;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a node learn what others did to the signing keys, and do what is due itself, off the path of any request: at once
 * when told of a change, and within the refresh interval in any case.
 */
final class KeyRefresh implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRefresh.class);

    private final SigningKeys keys;
    private final KeyRotation rotation;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(KeyRefresh::thread);
    private boolean failing;

    KeyRefresh(SigningKeys keys, KeyRotation rotation, Duration interval) {
        this.keys = keys;
        this.rotation = rotation;
        timer.scheduleWithFixedDelay(this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("signet-keys").unstarted(work);
        // Not the one of the thread that starts the server, which Tomcat would take for a leak.
        thread.setContextClassLoader(KeyRefresh.class.getClassLoader());
        return thread;
    }

    /** Reads the keys as soon as possible; returns at once. */
    void soon() {
        try {
            timer.execute(this::refresh);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping; keys are of no interest any more", e);
        }
    }

    private void refresh() {
        try {
            keys.refresh(Duration.ZERO);
            rotation.pass();
            if (failing) {
                LOG.info("Signing keys are read again");
            }
            failing = false;
        } catch (RuntimeException e) {
            // Once per outage: the timer must go on, and the log must stay readable.
            if (!failing) {
                LOG.warn("Signing keys could not be read or moved on; going on with those in memory: {}", e.toString());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
