package dev.signet.verifier;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers what requests leave behind and hands it on every few seconds. A request only drops a note into a queue, never
 * waits, and goes on when the queue is full.
 */
final class Reports implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private static final int QUEUE = 8 * 1024;

    /** How many different tokens and addresses one report tells of. */
    private static final int LINES = 5_000;

    private static final int ADDRESS_LIMIT = 64;

    private sealed interface Note {}

    private record Seen(String tokenId, String clientId, String address, Instant at) implements Note {}

    private record Refused(RefusalReason reason, String address) implements Note {}

    private record Place(String tokenId, String address) {}

    private final ReportTransport transport;
    private final String api;
    private final Clock clock;
    private final long interval;
    private final String reporter = UUID.randomUUID().toString();
    private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread clerk;
    private volatile boolean closed;

    // Touched by the clerk alone.
    private final Map<Place, Report.Sighting> sightings = new LinkedHashMap<>();
    private final Map<Refused, Long> failures = new LinkedHashMap<>();
    private Instant from;

    Reports(ReportTransport transport, String api, Clock clock, Duration interval) {
        this.transport = transport;
        this.api = api;
        this.clock = clock;
        this.interval = interval.toNanos();
        this.from = clock.instant();
        this.clerk = Thread.ofVirtual().name("signet-verifier-reports").start(this::work);
    }

    void seen(Claims claims, String address) {
        note(new Seen(claims.tokenId(), claims.clientId(), shortened(address), clock.instant()));
    }

    void refused(RefusalReason reason, String address) {
        note(new Refused(reason, shortened(address)));
    }

    private void note(Note note) {
        if (!notes.offer(note)) {
            dropped.incrementAndGet();
        }
    }

    private static String shortened(String address) {
        return address.length() <= ADDRESS_LIMIT ? address : address.substring(0, ADDRESS_LIMIT);
    }

    /** Sends what was gathered, then stops. */
    @Override
    public void close() {
        closed = true;
        clerk.interrupt();
        try {
            clerk.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long sendAt = System.nanoTime() + interval;
        while (!closed) {
            try {
                Note note = notes.poll(Math.max(0, sendAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (note != null) {
                    gather(note);
                }
                if (System.nanoTime() - sendAt >= 0) {
                    send();
                    sendAt = System.nanoTime() + interval;
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        for (Note note = notes.poll(); note != null; note = notes.poll()) {
            gather(note);
        }
        try {
            send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void gather(Note note) {
        boolean full = sightings.size() + failures.size() >= LINES;
        switch (note) {
            case Seen seen -> {
                Place place = new Place(seen.tokenId(), seen.address());
                if (full && !sightings.containsKey(place)) {
                    dropped.incrementAndGet();
                    return;
                }
                sightings.merge(
                        place,
                        new Report.Sighting(seen.tokenId(), seen.clientId(), seen.address(), seen.at(), seen.at(), 1),
                        (before, now) -> new Report.Sighting(
                                before.tokenId(),
                                before.clientId(),
                                before.address(),
                                before.first(),
                                now.last(),
                                before.count() + 1));
            }
            case Refused refused -> {
                if (full && !failures.containsKey(refused)) {
                    dropped.incrementAndGet();
                    return;
                }
                failures.merge(refused, 1L, Long::sum);
            }
        }
    }

    private void send() throws InterruptedException {
        Instant to = clock.instant();
        long missing = dropped.getAndSet(0);
        if (!sightings.isEmpty() || !failures.isEmpty() || missing > 0) {
            List<Report.Failure> refused = new ArrayList<>(failures.size());
            failures.forEach((key, count) -> refused.add(new Report.Failure(key.reason(), key.address(), count)));
            Report report = new Report(api, reporter, from, to, List.copyOf(sightings.values()), refused, missing);
            try {
                transport.send(report);
            } catch (IOException | RuntimeException e) {
                dropped.addAndGet(count(report));
                LOG.log(System.Logger.Level.DEBUG, "A report could not be delivered: {0}", e.getMessage());
            }
        }
        sightings.clear();
        failures.clear();
        from = to;
    }

    private static long count(Report report) {
        long count = report.dropped();
        for (Report.Sighting sighting : report.sightings()) {
            count += sighting.count();
        }
        for (Report.Failure failure : report.failures()) {
            count += failure.count();
        }
        return count;
    }
}
