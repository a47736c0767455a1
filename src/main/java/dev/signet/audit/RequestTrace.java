package dev.signet.audit;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one request: the short id under which a person, the log and the audit trail speak of it, where it came
 * from, and what became of it.
 *
 * <p>The id is ours alone: none is ever taken from outside, where it could be made to point at somebody else's request.
 */
public final class RequestTrace {

    /** Digits and capitals without I, L, O and U, which people misread (Crockford's base 32). */
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private static final int ID_LENGTH = 10;
    private static final Set<String> GRANTS = Set.of("authorization_code", "refresh_token", "client_credentials");
    private static final ThreadLocal<RequestTrace> CURRENT = new ThreadLocal<>();

    private final String errorId;
    private final String address;
    private final String device;
    private final Instant at;
    private @Nullable String operation;
    private String grant = "none";
    private String outcome = "success";

    RequestTrace(String address, String device, Instant at) {
        this.errorId = newId();
        this.address = address;
        this.device = device;
        this.at = at;
    }

    /**
     * The trace of the request being answered by this thread.
     *
     * <p>Outside of a request (start, jobs) it is a fresh one without address and device, at the epoch.
     */
    public static RequestTrace current() {
        RequestTrace current = CURRENT.get();
        return current == null ? new RequestTrace("", "", Instant.EPOCH) : current;
    }

    /** Ten readable characters, for example {@code 7K2M9QX4TD}; shown to people as the reference of their problem. */
    public String errorId() {
        return errorId;
    }

    /** The client's network address, with named proxies looked through; empty outside of a request. */
    public String address() {
        return address;
    }

    /** What the user agent says it is, in a few words such as {@code Firefox on Linux}; empty when unknown. */
    public String device() {
        return device;
    }

    /** When the request came in. */
    public Instant at() {
        return at;
    }

    /**
     * Says what this request was and what became of it, for its log line and the metric {@code signet.operations}.
     * The last word counts. All three must come from short closed lists: each new value is a new time series.
     *
     * @param operation for example {@code userinfo}
     * @param grant the grant type, or {@code none}
     * @param outcome {@code success}, or the public error code
     */
    public void outcome(String operation, String grant, String outcome) {
        this.operation = operation;
        this.grant = grant;
        this.outcome = outcome;
    }

    void outcome(AuditEvent event) {
        String decided = event.kind().operation();
        if (decided != null) {
            outcome(
                    decided,
                    knownGrant(event.detail().get(AuditEvent.GRANT)),
                    event.kind().code());
        }
    }

    @Nullable
    String operation() {
        return operation;
    }

    String grant() {
        return grant;
    }

    String outcome() {
        return outcome;
    }

    static void set(RequestTrace trace) {
        CURRENT.set(trace);
    }

    static void clear() {
        CURRENT.remove();
    }

    private static String knownGrant(@Nullable String presented) {
        if (presented == null) {
            return "none";
        }
        return GRANTS.contains(presented) ? presented : "other";
    }

    private static String newId() {
        long bits = ThreadLocalRandom.current().nextLong();
        char[] id = new char[ID_LENGTH];
        for (int i = 0; i < ID_LENGTH; i++) {
            id[i] = ALPHABET[(int) (bits >>> (i * 5)) & 31];
        }
        return new String(id);
    }
}
