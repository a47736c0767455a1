package dev.signet.verifier;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The line on which the issuer says at once which status list has changed. It is a help, never a need: without it, lists are
 * as fresh as their {@code ttl}.
 */
final class ChangeStream {

    private static final System.Logger LOG = System.getLogger(ChangeStream.class.getName());

    /** The issuer is heard every 15 s; silence for longer than two heart-beats and a bit is a dead line. */
    private static final long SILENCE = Duration.ofSeconds(40).toNanos();

    /** A line that stood that long did not fail by opening. */
    private static final long LASTING = Duration.ofSeconds(10).toNanos();

    private static final Duration OPENING = Duration.ofSeconds(20);
    private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();
    private static final long PAUSE_WHERE_THERE_IS_NONE = Duration.ofMinutes(5).toNanos();

    private final IssuerHttp http;
    private final String address;
    private final Runnable onOpen;
    private final Consumer<String> onChanged;
    private @Nullable EventLines lines;
    private @Nullable CompletableFuture<?> response;
    private volatile boolean open;
    private volatile long heardAt;
    private volatile long openedAt;
    private long pauseUntil = System.nanoTime();
    private int failures;

    /**
     * @param onOpen called whenever the line stands anew: what was said meanwhile was missed
     * @param onChanged called with the address of a list that has changed
     */
    ChangeStream(IssuerHttp http, String address, Runnable onOpen, Consumer<String> onChanged) {
        this.http = http;
        this.address = address;
        this.onOpen = onOpen;
        this.onChanged = onChanged;
    }

    boolean isOpen() {
        return open;
    }

    /** Opens the line if there is none; hangs up when it is dead. */
    synchronized void tick(long now) {
        if (response == null) {
            if (now - pauseUntil >= 0) {
                open();
            }
        } else if (open && now - heardAt > SILENCE) {
            hangUp();
        }
    }

    synchronized void close() {
        pauseUntil = System.nanoTime() + LONGEST_PAUSE;
        hangUp();
    }

    private void hangUp() {
        if (lines != null) {
            lines.cancel();
        }
        CompletableFuture<?> current = response;
        if (current != null) {
            current.cancel(true);
        }
    }

    private void open() {
        try {
            HttpRequest request = HttpRequest.newBuilder(http.locate(address))
                    .header("Accept", "text/event-stream")
                    .header("Cache-Control", "no-cache")
                    .timeout(OPENING)
                    .build();
            EventLines reader = new EventLines(() -> heardAt = System.nanoTime(), this::event);
            int[] status = new int[1];
            CompletableFuture<?> opening = http.client().sendAsync(request, head -> {
                status[0] = head.statusCode();
                boolean events =
                        head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
                if (head.statusCode() != 200 || !events) {
                    return BodySubscribers.replacing(null);
                }
                heardAt = System.nanoTime();
                openedAt = heardAt;
                open = true;
                onOpen.run();
                return BodySubscribers.fromSubscriber(reader);
            });
            lines = reader;
            response = opening;
            opening.whenComplete((done, problem) -> ended(opening, status[0]));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "No line for changes of status lists: {0}", e.getMessage());
            pauseUntil = System.nanoTime() + LONGEST_PAUSE;
        }
    }

    private void event(String name, String data) {
        if (name.equals("changed")) {
            onChanged.accept(data);
        }
    }

    private synchronized void ended(CompletableFuture<?> which, int status) {
        if (response != which) {
            return;
        }
        boolean stoodAWhile = open && System.nanoTime() - openedAt > LASTING;
        failures = stoodAWhile ? 0 : failures + 1;
        open = false;
        response = null;
        lines = null;
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 8));
        if (status >= 400 && status < 500 && status != 429) {
            pause = PAUSE_WHERE_THERE_IS_NONE;
        }
        pauseUntil = System.nanoTime() + pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }
}
