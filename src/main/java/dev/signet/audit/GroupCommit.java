package dev.signet.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Writes the events of concurrent requests by one insert and one commit, and lets each request go on when its event is
 * durable.
 *
 * <p>While one insert is under way, the next batch gathers by itself: a lone request waits for nobody, and under load the
 * price of a commit is shared. A batch that fails is retried row by row, so that one bad row harms only its own request;
 * when the database itself is away there is nothing to retry and all of the batch is refused.
 */
@Component
class GroupCommit implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final AuditStore store;
    private final AuditProperties properties;
    private final BlockingQueue<Waiting> queue;
    private volatile @Nullable Thread writer;

    GroupCommit(AuditStore store, AuditProperties properties) {
        this.store = store;
        this.properties = properties;
        this.queue = new ArrayBlockingQueue<>(properties.queueCapacity());
    }

    private record Waiting(AuditRow row, CompletableFuture<@Nullable Void> durable) {}

    /** Returns when the row is durable; throws {@link AuditBusy} when that could not be had in time. */
    void write(AuditRow row) {
        if (writer == null) {
            // Before start and after stop: alone, but not lost.
            writeAlone(row);
            return;
        }
        Waiting waiting = new Waiting(row, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            throw new AuditBusy("The queue of the audit trail is full");
        }
        if (writer == null && queue.remove(waiting)) {
            writeAlone(row);
            return;
        }
        try {
            waiting.durable().get(properties.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            queue.remove(waiting);
            throw new AuditBusy("The audit event was not durable in time", e);
        } catch (ExecutionException e) {
            throw new AuditBusy("The audit event could not be written", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditBusy("Interrupted while the audit event was written", e);
        }
    }

    private void writeAlone(AuditRow row) {
        try {
            store.insertAll(List.of(row));
        } catch (DataAccessException e) {
            throw new AuditBusy("The audit event could not be written", e);
        }
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>(properties.batchSize());
        while (writer == Thread.currentThread() || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, properties.batchSize() - 1);
                writeBatch(batch);
            } catch (InterruptedException e) {
                // Only the end of the process interrupts this thread; what is queued is still written.
                log.debug("Asked to stop", e);
            } finally {
                batch.clear();
            }
        }
    }

    private void writeBatch(List<Waiting> batch) {
        try {
            store.insertAll(batch.stream().map(Waiting::row).toList());
            batch.forEach(waiting -> waiting.durable().complete(null));
        } catch (RuntimeException e) {
            if (batch.size() == 1 || databaseIsAway(e)) {
                log.warn("{} audit events could not be written: {}", batch.size(), e.toString());
                batch.forEach(waiting -> waiting.durable().completeExceptionally(e));
            } else {
                batch.forEach(this::writeOne);
            }
        }
    }

    private void writeOne(Waiting waiting) {
        try {
            store.insertAll(List.of(waiting.row()));
            waiting.durable().complete(null);
        } catch (RuntimeException e) {
            log.warn(
                    "An audit event of kind {} could not be written",
                    waiting.row().kind(),
                    e);
            waiting.durable().completeExceptionally(e);
        }
    }

    private static boolean databaseIsAway(RuntimeException e) {
        return e instanceof CannotGetJdbcConnectionException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException;
    }

    @Override
    public void start() {
        Thread thread = Thread.ofPlatform().daemon().name("audit-writer").unstarted(this::run);
        writer = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread thread = writer;
        writer = null;
        if (thread != null) {
            try {
                thread.join(properties.patience());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }

    /** Starts before, and so stops after, whatever answers requests. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
