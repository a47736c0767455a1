package dev.signet.sessions;

import dev.signet.crypto.Handle;
import java.util.UUID;

/**
 * A browser as this server knows it again: by one long-lived cookie, whose handle binds sign-in flows to it and whose
 * id names the accounts it remembers.
 */
public record Browser(Handle handle) {

    public UUID id() {
        return handle.id();
    }

    /** What a sign-in flow keeps of the browser it belongs to. */
    public byte[] digest() {
        return handle.digest();
    }
}
