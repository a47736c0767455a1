package dev.signet.refusals;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * A request is refused, for one {@link Reason}. The detail is for operators: it goes to the log and the audit trail and
 * never to whoever asked.
 *
 * <p>It is the engine's exception, so that the engine's filters hand it to the failure handler of their endpoint.
 */
public final class Refused extends OAuth2AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String detail;

    public Refused(Reason reason) {
        this(reason, null);
    }

    public Refused(Reason reason, @Nullable String detail) {
        super(new OAuth2Error(reason.error(), reason.description(), null), reason.name());
        this.reason = reason;
        this.detail = detail;
    }

    public Reason reason() {
        return reason;
    }

    public @Nullable String detail() {
        return detail;
    }

    /** Refusals are outcomes, not bugs: they carry no stack trace, which would cost more than the request itself. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
