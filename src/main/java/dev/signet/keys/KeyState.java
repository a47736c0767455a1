package dev.signet.keys;

/** Where a signing key stands in its life. */
public enum KeyState {
    /** In the JWK set, so that clients know it by the time it signs. */
    ANNOUNCED,
    /** Signs. */
    ACTIVE,
    /** Signs no more; stays in the JWK set until the last token it signed has expired. */
    RETIRING,
    /** Gone from the JWK set; ID tokens it signed are still understood as hints. */
    REMOVED,
    /** Trusted by nobody any more. */
    KILLED
}
