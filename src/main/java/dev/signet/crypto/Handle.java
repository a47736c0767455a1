package dev.signet.crypto;

import java.util.UUID;

/**
 * A bearer value of ours, minted or checked: who holds {@link #value()} may use the row {@link #id()}.
 *
 * @param kind what it is good for
 * @param id the row it belongs to
 * @param generation how many predecessors it had; 0 unless rotated
 * @param value what the bearer shows; only its {@link #digest()} is ever stored
 */
public record Handle(HandleKind kind, UUID id, int generation, SecretValue value) {

    /** SHA-256 of the value: what the row keeps. */
    public byte[] digest() {
        return Digest.sha256(value.reveal());
    }
}
