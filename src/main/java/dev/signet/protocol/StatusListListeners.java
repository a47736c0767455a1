package dev.signet.protocol;

import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.StatusLists;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Those who wait for news of status lists. A stream that cannot be written to is dropped; its reader connects again and
 * meanwhile polls. Streams end before the web server waits for its requests to finish.
 */
@Component
class StatusListListeners implements SmartLifecycle {

    private static final int MOST = 1_000;
    private static final long HEARTBEAT_SECONDS = 15;

    private final StatusLists lists;
    private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("status-changes").factory());
    private volatile boolean running;

    StatusListListeners(StatusLists lists) {
        this.lists = lists;
    }

    SseEmitter open() {
        if (open.size() >= MOST) {
            throw new Refused(Reason.TOO_MANY_REQUESTS, "status list streams");
        }
        SseEmitter emitter = new SseEmitter(0L);
        emitter.onCompletion(() -> open.remove(emitter));
        emitter.onError(error -> open.remove(emitter));
        open.add(emitter);
        send(emitter, SseEmitter.event().comment("open"));
        return emitter;
    }

    private void changed(String uri) {
        sender.execute(() -> open.forEach(
                emitter -> send(emitter, SseEmitter.event().name("changed").data(uri))));
    }

    private void beat() {
        open.forEach(emitter -> send(emitter, SseEmitter.event().comment("")));
    }

    private void send(SseEmitter emitter, SseEmitter.SseEventBuilder event) {
        try {
            emitter.send(event);
        } catch (IOException | IllegalStateException gone) {
            open.remove(emitter);
        }
    }

    @Override
    public void start() {
        lists.onChange(this::changed);
        sender.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        open.forEach(SseEmitter::complete);
        sender.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE + 1;
    }
}
