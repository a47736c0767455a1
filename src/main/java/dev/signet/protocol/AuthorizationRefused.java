package dev.signet.protocol;

import dev.signet.refusals.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * An authorization request is refused (RFC 6749 section 4.1.2.1): the app is told where a return address is known, else
 * the person is shown a page.
 */
final class AuthorizationRefused extends OAuth2AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String detail;
    private final transient @Nullable ReturnAddress address;

    AuthorizationRefused(Reason reason, @Nullable String detail, @Nullable ReturnAddress address) {
        super(new OAuth2Error(reason.error(), reason.description(), null), reason.name());
        this.reason = reason;
        this.detail = detail;
        this.address = address;
    }

    Reason reason() {
        return reason;
    }

    @Nullable
    String detail() {
        return detail;
    }

    @Nullable
    ReturnAddress address() {
        return address;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
