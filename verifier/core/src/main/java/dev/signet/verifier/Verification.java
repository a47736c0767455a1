package dev.signet.verifier;

import java.util.List;

/** The outcome of checking one request: {@link Verified} or {@link Refused}. */
public sealed interface Verification {

    /**
     * The token holds.
     *
     * @param claims what the issuer says in it
     * @param statusConfirmed whether a current status list said that it is not revoked; false where it names none, where
     *     the status policy ignores it, or where {@link OfflinePolicy#FAIL_OPEN} let it pass
     */
    record Verified(Claims claims, boolean statusConfirmed) implements Verification {}

    /**
     * The request is refused.
     *
     * @param reason why
     * @param description a sentence for the client
     * @param detail more for the log, never for the client: the claim's name, for instance. Never a part of the token
     * @param challenges values of the {@code WWW-Authenticate} header, one each (RFC 6750 section 3, RFC 9449 section 7.1);
     *     empty when {@link #status()} is 503
     */
    record Refused(RefusalReason reason, String description, String detail, List<String> challenges)
            implements Verification {

        public Refused {
            challenges = List.copyOf(challenges);
        }

        /** The HTTP status to answer with. */
        public int status() {
            return reason.status();
        }
    }
}
