package dev.signet.credentials;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code password}. */
final class PasswordStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    PasswordStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A stored password.
     *
     * @param hash PHC string
     */
    record Stored(String hash, boolean mustChange) {}

    Optional<Stored> find(UUID userId) {
        return jdbc.sql("select hash, must_change from password where user_id = :userId")
                .param("userId", userId)
                .query((row, number) -> new Stored(row.getString("hash"), row.getBoolean("must_change")))
                .optional();
    }

    void set(UUID userId, String hash) {
        jdbc.sql("""
            insert into password (user_id, hash, changed_at) values (:userId, :hash, :now)
            on conflict (user_id) do update
            set hash = excluded.hash, changed_at = excluded.changed_at, must_change = false
            """)
                .param("userId", userId)
                .param("hash", hash)
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    /** Stores the same password hashed anew, unless it was changed meanwhile. */
    boolean rehash(UUID userId, String before, String after) {
        return jdbc.sql("update password set hash = :after where user_id = :userId and hash = :before")
                        .param("userId", userId)
                        .param("before", before)
                        .param("after", after)
                        .update()
                == 1;
    }
}
