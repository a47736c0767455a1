package dev.signet.verifier;

/** Which tokens must name a status list. */
public enum StatusPolicy {

    /** All: a token without one is refused ({@link RefusalReason#STATUS_MISSING}). */
    REQUIRED,

    /** Those that name one are checked against it. */
    IF_PRESENT,

    /** None: revoked tokens work until they expire. */
    IGNORED
}
