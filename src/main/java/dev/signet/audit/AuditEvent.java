package dev.signet.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened: what, to whom, through which client, and why.
 *
 * <p>Made by {@code AuditEvent.of(kind).user(id).client(id).reason("…")}; each step returns a new event. When and from
 * where is added by {@link AuditTrail} from the {@link RequestTrace}. Never put a token, code, secret, password or a name
 * that somebody typed into it.
 *
 * @param actor who did it, where that is not {@code user} or {@code client}: for example {@code file:signet.yml}
 * @param user the person concerned
 * @param client the client concerned, or the client id that was presented
 * @param session the SSO session concerned
 * @param authorization the grant of access (token family) concerned
 * @param reason the private reason of a refusal; the client sees only the public code
 * @param detail a few more facts by name
 */
public record AuditEvent(
        AuditKind kind,
        @Nullable String actor,
        @Nullable UUID user,
        @Nullable String client,
        @Nullable UUID session,
        @Nullable UUID authorization,
        @Nullable String reason,
        Map<String, String> detail) {

    /** The detail that names the grant type; it also tags the metric. */
    static final String GRANT = "grant_type";

    public static AuditEvent of(AuditKind kind) {
        return new AuditEvent(kind, null, null, null, null, null, null, Map.of());
    }

    public AuditEvent actor(@Nullable String value) {
        return new AuditEvent(kind, value, user, client, session, authorization, reason, detail);
    }

    public AuditEvent user(@Nullable UUID value) {
        return new AuditEvent(kind, actor, value, client, session, authorization, reason, detail);
    }

    public AuditEvent client(@Nullable String value) {
        return new AuditEvent(kind, actor, user, value, session, authorization, reason, detail);
    }

    public AuditEvent session(@Nullable UUID value) {
        return new AuditEvent(kind, actor, user, client, value, authorization, reason, detail);
    }

    public AuditEvent authorization(@Nullable UUID value) {
        return new AuditEvent(kind, actor, user, client, session, value, reason, detail);
    }

    public AuditEvent reason(@Nullable String value) {
        return new AuditEvent(kind, actor, user, client, session, authorization, value, detail);
    }

    /** Adds the grant type (RFC 6749 section 1.3) by which tokens were asked for. */
    public AuditEvent grant(String grantType) {
        return detail(GRANT, grantType);
    }

    /** Adds one fact; a null value adds nothing. */
    public AuditEvent detail(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(detail);
        more.put(name, value);
        return new AuditEvent(
                kind, actor, user, client, session, authorization, reason, Collections.unmodifiableMap(more));
    }
}
