package dev.signet.clients;

import dev.signet.crypto.KeyedHash;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * By what name a client knows a person: {@code sub} (OpenID Connect Core section 8).
 *
 * <p>To a client with pairwise subjects people are known by names that only clients of the same sector share: two such
 * clients cannot find out that they know the same person. A name is computed, not stored, and never changes.
 */
@Service
public class Subjects {

    private static final String CONTEXT = "pairwise subject";

    private final KeyedHash keyedHash;

    Subjects(KeyedHash keyedHash) {
        this.keyedHash = keyedHash;
    }

    /** The person's {@code sub} at this client. */
    public String of(Client client, UUID userId) {
        String sector = client.disclosure().sector();
        if (sector == null) {
            return userId.toString();
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(keyedHash.lasting(CONTEXT, sector + " " + userId));
    }
}
