package dev.signet.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where audit events are kept for good.
 *
 * <p>Inside a transaction an event is one insert in that transaction: it is there if and only if what it describes is.
 * Outside of one, for operations that touch no other row (client credentials, refusals), events of concurrent requests
 * share one insert ({@link GroupCommit}) and {@link #record} returns when it is durable.
 */
@Component
public class AuditTrail {

    private final AuditStore store;
    private final GroupCommit group;
    private final Clock clock;
    private final Counter[] counters;

    AuditTrail(AuditStore store, GroupCommit group, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.group = group;
        this.clock = clock;
        this.counters = Arrays.stream(AuditKind.values())
                .map(kind -> counter(kind, meters))
                .toArray(Counter[]::new);
    }

    /**
     * Keeps the event.
     *
     * @throws AuditBusy outside of a transaction, when it could not be made durable in time
     */
    public void record(AuditEvent event) {
        RequestTrace trace = RequestTrace.current();
        trace.outcome(event);
        Instant now = clock.instant();
        AuditRow row = AuditRow.of(event, trace, now);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            store.insert(row);
            countWhenCommitted(counters[event.kind().ordinal()]);
        } else {
            group.write(row);
            counters[event.kind().ordinal()].increment();
        }
    }

    /** What a rollback takes back, as in a database outage, has not happened. */
    private static void countWhenCommitted(Counter counter) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                counter.increment();
            }
        });
    }

    private static Counter counter(AuditKind kind, MeterRegistry meters) {
        return Counter.builder("signet.audit.events")
                .description("Audit events recorded")
                .tag("kind", kind.code())
                .tag("outcome", kind.outcome())
                .register(meters);
    }
}
