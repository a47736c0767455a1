package dev.signet.verifier.boot;

import dev.signet.verifier.Verification.Refused;
import org.springframework.security.core.AuthenticationException;

/** An access token was refused; carries why, and what to answer. */
public final class AccessTokenRefused extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    AccessTokenRefused(Refused refused) {
        super(refused.description());
        this.refused = refused;
    }

    public Refused refused() {
        return refused;
    }
}
