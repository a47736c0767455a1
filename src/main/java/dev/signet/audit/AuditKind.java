package dev.signet.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of what the audit trail can say.
 *
 * <p>A kind is stored and counted under its {@link #code()}. Kinds that decide a request also name the operation under
 * which the request is timed ({@code signet.operations}).
 */
public enum AuditKind {
    SIGN_IN_SUCCEEDED("sign_in", true),
    SIGN_IN_FAILED("sign_in", false),
    SIGN_IN_THROTTLED("sign_in", false),
    CONSENT_GRANTED("consent", true),
    CONSENT_DENIED("consent", false),
    CONSENT_WITHDRAWN(true),
    CODE_ISSUED("authorization", true),
    CODE_REPLAYED("token", false),
    AUTHORIZATION_DENIED("authorization", false),
    TOKEN_ISSUED("token", true),
    TOKEN_REFRESHED("token", true),
    REFRESH_REPEATED("token", true),
    REFRESH_REPEATED_ELSEWHERE("token", true),
    REFRESH_REUSED("token", false),
    TOKEN_REVOKED("revocation", true),
    TOKEN_DENIED("token", false),
    CLAIM_WITHHELD(false),
    CLIENT_AUTHENTICATION_FAILED("client_authentication", false),
    SESSION_STARTED(true),
    SESSION_ENDED(true),
    SIGNED_OUT("sign_out", true),
    USER_CREATED(true),
    USER_CHANGED(true),
    USER_DISABLED(true),
    USER_ENABLED(true),
    PASSWORD_CHANGED(true),
    CLIENT_REGISTERED(true),
    CLIENT_CHANGED(true),
    CLIENT_DISABLED(true),
    CLIENT_SECRET_ISSUED(true),
    CLIENT_SECRET_WITHDRAWN(true),
    SCOPE_CHANGED(true),
    API_REGISTERED(true),
    API_CHANGED(true),
    API_DISABLED(true),
    ADMINISTRATOR_CREATED(true),
    SETUP_LINK_ISSUED(true),
    SETUP_LINK_REFUSED(false),
    CONFIG_APPLIED(true),
    DATA_KEY_CREATED(true),
    MASTER_KEY_CHANGED(true),
    KEY_CREATED(true),
    KEY_ACTIVATED(true),
    KEY_RETIRED(true),
    KEY_REMOVED(true),
    KEY_RESEALED(true),
    KEY_KILLED(true),
    RECOVERED(true);

    private final @Nullable String operation;
    private final boolean success;
    private final String code;

    AuditKind(boolean success) {
        this(null, success);
    }

    AuditKind(@Nullable String operation, boolean success) {
        this.operation = operation;
        this.success = success;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    /** The name by which the event is stored, searched and counted, for example {@code token_issued}. */
    public String code() {
        return code;
    }

    /** {@code success} where what was asked for happened, else {@code failure}. */
    public String outcome() {
        return success ? "success" : "failure";
    }

    /** The operation this kind decides, null where it only accompanies one. */
    @Nullable
    String operation() {
        return operation;
    }
}
