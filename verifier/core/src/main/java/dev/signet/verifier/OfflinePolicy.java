package dev.signet.verifier;

/** What happens to tokens whose status list cannot be had and whose last known list has expired. */
public enum OfflinePolicy {

    /** They are refused ({@link RefusalReason#STATUS_UNAVAILABLE}, 503): nothing revoked is ever let in. */
    FAIL_CLOSED,

    /** They are let in, unless the last known list called them revoked: the API outlives its issuer's outage. */
    FAIL_OPEN
}
