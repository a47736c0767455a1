package dev.signet.verifier;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A fetch of which at most one runs at a time; who wants it meanwhile shares the one that runs. */
final class SharedFetch {

    private final Executor executor;
    private final Runnable work;
    private @Nullable CompletableFuture<Void> running;
    private boolean onceMore;

    /** @param work does it, and handles its failure itself */
    SharedFetch(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /** Joins the fetch that runs, or starts one. */
    synchronized CompletableFuture<Void> join() {
        CompletableFuture<Void> current = running;
        if (current != null) {
            return current;
        }
        CompletableFuture<Void> started = new CompletableFuture<>();
        running = started;
        try {
            executor.execute(() -> run(started));
        } catch (RejectedExecutionException closed) {
            running = null;
            started.complete(null);
        }
        return started;
    }

    /** Makes sure that a fetch begins from now on: after the one that runs, whose answer may already be on its way. */
    synchronized void again() {
        if (running != null) {
            onceMore = true;
        } else {
            join();
        }
    }

    /** The fetch that runs, if one does. */
    synchronized @Nullable CompletableFuture<Void> running() {
        return running;
    }

    private void run(CompletableFuture<Void> mine) {
        try {
            work.run();
        } finally {
            synchronized (this) {
                running = null;
                if (onceMore) {
                    onceMore = false;
                    join();
                }
            }
            mine.complete(null);
        }
    }

    /** Waits for a fetch, but no longer than this. */
    static void await(CompletableFuture<Void> fetch, Duration patience) {
        try {
            fetch.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // the caller looks at what is there
        }
    }
}
