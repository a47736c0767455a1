package dev.signet.crypto;

import java.util.Locale;

/** What a data key is used for; a key serves one purpose only. */
enum KeyPurpose {
    /** MACs and successors of {@link Handles}. */
    HANDLE,
    /** Encryption at rest by the {@link Vault}. */
    SEAL,
    /** {@link KeyedHash}. */
    HASH,
    /** {@link KeyedHash#lasting}: its first key is used for ever, so it is never rotated, only wrapped anew. */
    SUBJECT;

    static KeyPurpose of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
