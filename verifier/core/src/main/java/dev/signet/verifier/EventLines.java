package dev.signet.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (HTML Living Standard, section 9.2) off a response, with an upper bound for each. */
final class EventLines implements Subscriber<List<ByteBuffer>> {

    private static final int LIMIT = 8 * 1024;

    private final Runnable onHeard;
    private final BiConsumer<String, String> onEvent;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String event = "";
    private boolean afterCarriageReturn;
    private volatile @Nullable Subscription subscription;

    /**
     * @param onHeard called for whatever arrives, heart-beats included
     * @param onEvent called with the name and data of an event
     */
    EventLines(Runnable onHeard, BiConsumer<String, String> onEvent) {
        this.onHeard = onHeard;
        this.onEvent = onEvent;
    }

    void cancel() {
        Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        onHeard.run();
        started.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        onHeard.run();
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                take(buffer.get());
            }
        }
    }

    @Override
    public void onError(Throwable problem) {
        // the future of the response ends with it
    }

    @Override
    public void onComplete() {
        // the future of the response ends with it
    }

    private void take(byte next) {
        boolean secondOfPair = next == '\n' && afterCarriageReturn;
        afterCarriageReturn = next == '\r';
        if (secondOfPair) {
            return;
        }
        if (next == '\n' || next == '\r') {
            endLine(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else if (line.size() < LIMIT) {
            line.write(next);
        } else {
            cancel();
        }
    }

    private void endLine(String text) {
        if (text.isEmpty()) {
            if (!data.isEmpty()) {
                onEvent.accept(event, data.toString());
            }
            event = "";
            data.setLength(0);
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("event")) {
            event = value;
        } else if (field.equals("data") && data.length() + value.length() < LIMIT) {
            data.append(data.isEmpty() ? "" : "\n").append(value);
        }
    }
}
