package dev.signet.crypto;

import java.util.Locale;

/** What a data key is used for; a key serves one purpose only. */
enum KeyPurpose {
    /** MACs and successors of {@link Handles}. */
    HANDLE,
    /** Encryption at rest by the {@link Vault}. */
    SEAL,
    /** {@link KeyedHash}. */
    HASH;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
