package dev.signet.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hears what other nodes publish, on one database connection of its own.
 *
 * <p>A lost connection is noticed within {@link #SILENCE} and {@link #PATIENCE}; it is opened again with growing pauses.
 * Whatever was published meanwhile is lost, so subscribers drop everything when the connection is lost, and once more when
 * it listens again.
 */
class ChangeListener implements SmartLifecycle {

    /** How long to wait for a notification before asking whether the connection still lives. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    /** How long the database may take to answer that. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final Executor SAME_THREAD = Runnable::run;
    private static final Logger log = LoggerFactory.getLogger(ChangeListener.class);

    private final Changes changes;
    private final DataSource unpooled;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Connection open;

    /** @param unpooled opens a new connection each time it is asked */
    ChangeListener(Changes changes, DataSource unpooled) {
        this.changes = changes;
        this.unpooled = unpooled;
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        while (wanted()) {
            try (Connection connection = unpooled.getConnection()) {
                open = connection;
                connection.setNetworkTimeout(SAME_THREAD, (int) PATIENCE.toMillis());
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen " + Changes.CHANNEL);
                }
                changes.lostTrack();
                pause = SHORTEST_PAUSE;
                hear(connection);
            } catch (SQLException e) {
                if (wanted()) {
                    log.warn("Lost the connection that hears of changes: {}", e.getMessage());
                    changes.lostTrack();
                    rest(pause);
                    pause = doubled(pause);
                }
            } finally {
                open = null;
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (wanted()) {
            PGNotification[] notifications = postgres.getNotifications((int) SILENCE.toMillis());
            if (notifications != null && notifications.length > 0) {
                for (PGNotification notification : notifications) {
                    changes.received(notification.getParameter());
                }
            } else if (!connection.isValid((int) PATIENCE.toSeconds())) {
                throw new SQLException("the database does not answer");
            }
        }
    }

    private boolean wanted() {
        return thread == Thread.currentThread();
    }

    private static Duration doubled(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            log.debug("Asked to stop", e);
        }
    }

    @Override
    public void start() {
        Thread listener = Thread.ofPlatform().daemon().name("changes").unstarted(this::run);
        thread = listener;
        listener.start();
    }

    @Override
    public void stop() {
        Thread listener = thread;
        Connection connection = open;
        thread = null;
        if (listener == null) {
            return;
        }
        listener.interrupt();
        try {
            if (connection != null) {
                connection.abort(SAME_THREAD);
            }
            listener.join(PATIENCE);
        } catch (SQLException e) {
            log.debug("The connection was gone already", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before whatever answers requests. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
