package dev.signet.operations.database;

import org.jspecify.annotations.Nullable;

/** The embedded database cannot run here; the message says why, for the person who starts the server. */
final class EmbeddedDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedDatabaseException(String message) {
        this(message, null);
    }

    EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
