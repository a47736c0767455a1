package dev.signet.audit;

/**
 * The trail could not make an event durable in time: its queue is full or the database is away.
 *
 * <p>What the event describes must not be acknowledged then: answer 503 with {@code Retry-After}.
 */
public final class AuditBusy extends RuntimeException {

    AuditBusy(String message) {
        super(message);
    }

    AuditBusy(String message, Throwable cause) {
        super(message, cause);
    }
}
