package dev.signet.keys;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.cluster.Changes;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/** Tells of each step of a key, within its transaction: the audit trail, the other nodes, and who must act on it. */
final class KeyJournal implements Consumer<List<KeyStep>> {

    static final String TOPIC = "keys";

    private final AuditTrail audit;
    private final Changes changes;
    private final ApplicationEventPublisher events;

    KeyJournal(AuditTrail audit, Changes changes, ApplicationEventPublisher events) {
        this.audit = audit;
        this.changes = changes;
        this.events = events;
    }

    private static @Nullable String signsFrom(KeyStep step) {
        return step.kind() == AuditKind.KEY_CREATED ? step.key().activatedAt().toString() : null;
    }

    @Override
    public void accept(List<KeyStep> steps) {
        // First, so that nodes know the new keys when they hear of what else has changed.
        changes.publish(TOPIC, "*");
        for (KeyStep step : steps) {
            audit.record(AuditEvent.of(step.kind())
                    .detail("kid", step.key().kid())
                    .detail("algorithm", step.key().algorithm().jwsName())
                    .detail("signs_from", signsFrom(step)));
            if (step.kind() == AuditKind.KEY_KILLED) {
                events.publishEvent(new KeyKilled(step.key().kid()));
            }
        }
    }
}
