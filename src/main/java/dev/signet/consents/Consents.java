package dev.signet.consents;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people have allowed apps to use (OpenID Connect Core section 3.1.2.4). A grant is remembered per person and app;
 * allowing more later adds to it.
 */
@Service
public class Consents {

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    Consents(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** The scopes a person has allowed an app so far; empty if none. */
    public Set<String> granted(UUID userId, String clientId) {
        return jdbc.sql("select scopes from consent where user_id = ? and client_id = ?")
                .params(userId, clientId)
                .query((row, index) -> strings(row.getArray("scopes")))
                .optional()
                .orElse(Set.of());
    }

    /** Remembers that a person allowed an app these scopes, beside what was allowed before. */
    @Transactional
    public void grant(UUID userId, String clientId, Set<String> scopes) {
        Timestamp now = Timestamp.from(Instant.now(clock));
        jdbc.sql("""
            insert into consent (user_id, client_id, scopes, granted_at, updated_at) values (?, ?, ?, ?, ?)
            on conflict (user_id, client_id) do update set updated_at = excluded.updated_at, scopes = array(
                select distinct s from unnest(consent.scopes || excluded.scopes) as s order by s)\
            """)
                .params(userId, clientId, scopes.toArray(String[]::new), now, now)
                .update();
        audit.record(AuditEvent.of(AuditKind.CONSENT_GRANTED)
                .user(userId)
                .client(clientId)
                .detail("scope", String.join(" ", scopes)));
    }

    /** Records that a person refused an app; nothing granted before changes. */
    public void refuse(UUID userId, String clientId) {
        audit.record(AuditEvent.of(AuditKind.CONSENT_DENIED).user(userId).client(clientId));
    }

    private static Set<String> strings(Array array) throws SQLException {
        return new LinkedHashSet<>(Arrays.asList((String[]) array.getArray()));
    }
}
