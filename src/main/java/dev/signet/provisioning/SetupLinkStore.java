package dev.signet.provisioning;

import dev.signet.crypto.Handle;
import dev.signet.users.Users;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The set-up links in {@code one_time_link}; at most one of them works at any time. */
@Repository
class SetupLinkStore {

    private static final String WORKS = """
        id = :id and purpose = 'setup' and digest = :digest and used_at is null and expires_at > :now
        and not exists (select from user_role where role = :owner)
        """;

    private final JdbcClient jdbc;

    SetupLinkStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Puts the link in the place of any earlier one. */
    void replace(Handle link, Instant now, Instant expiresAt) {
        jdbc.sql("update one_time_link set used_at = :now where purpose = 'setup' and used_at is null")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
            insert into one_time_link (id, purpose, digest, created_at, expires_at)
            values (:id, 'setup', :digest, :now, :expiresAt)
            """)
                .param("id", link.id())
                .param("digest", link.digest())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** When the link stops working; empty if it does not work. */
    Optional<Instant> expiry(Handle link, Instant now) {
        return jdbc.sql("select expires_at from one_time_link where " + WORKS)
                .param("id", link.id())
                .param("digest", link.digest())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("owner", Users.OWNER)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Spends the link, if it still works: of any number of attempts one succeeds. */
    boolean spend(Handle link, Instant now) {
        return jdbc.sql("update one_time_link set used_at = :now where " + WORKS)
                        .param("id", link.id())
                        .param("digest", link.digest())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("owner", Users.OWNER)
                        .update()
                == 1;
    }
}
