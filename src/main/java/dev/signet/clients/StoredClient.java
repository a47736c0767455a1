package dev.signet.clients;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A client as the database holds it, with what checks its secrets. */
record StoredClient(Client client, List<StoredSecret> secrets) {

    /**
     * One secret of a client: of a machine-made one a keyed hash, of a chosen one a slow hash.
     *
     * @param expiresAt when it stops working, null for never
     */
    record StoredSecret(UUID id, String hash, @Nullable Instant expiresAt) {

        boolean validAt(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }
    }
}
