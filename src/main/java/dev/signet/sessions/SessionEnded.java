package dev.signet.sessions;

import java.util.UUID;

/**
 * A session has ended. Published inside the transaction that ends it, so that whatever hangs on the session ends with
 * it or not at all.
 */
public record SessionEnded(UUID sessionId, EndReason reason) {

    /** Why a session ended. */
    public enum EndReason {
        SIGNED_OUT,
        REPLACED,
        USER_DISABLED
    }
}
