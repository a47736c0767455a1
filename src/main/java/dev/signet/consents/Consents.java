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
 * What people have allowed apps to use (OpenID Connect Core section 3.1.2.4), and which of the optional scopes they left
 * out. Both are remembered per person and app; the latest answer about a scope counts.
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

    /**
     * What a person has answered an app so far.
     *
     * @param granted scopes they allowed
     * @param declined optional scopes they left out
     */
    public record Answer(Set<String> granted, Set<String> declined) {

        static final Answer NONE = new Answer(Set.of(), Set.of());

        /** Whether the person need not be asked about any of these scopes; at least one must be granted. */
        public boolean covers(Set<String> scopes) {
            boolean some = false;
            for (String scope : scopes) {
                boolean allowed = granted.contains(scope);
                if (!allowed && !declined.contains(scope)) {
                    return false;
                }
                some |= allowed;
            }
            return some;
        }
    }

    /** What a person has answered an app so far; two empty sets if they never did. */
    public Answer answer(UUID userId, String clientId) {
        return jdbc.sql("select scopes, declined from consent where user_id = ? and client_id = ?")
                .params(userId, clientId)
                .query((row, index) -> new Answer(strings(row.getArray("scopes")), strings(row.getArray("declined"))))
                .optional()
                .orElse(Answer.NONE);
    }

    /** Remembers that a person allowed an app some scopes and left out others, beside what they answered before. */
    @Transactional
    public void grant(UUID userId, String clientId, Set<String> scopes, Set<String> declined) {
        Timestamp now = Timestamp.from(Instant.now(clock));
        jdbc.sql("""
            insert into consent (user_id, client_id, scopes, declined, granted_at, updated_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (user_id, client_id) do update set updated_at = excluded.updated_at,
                scopes = array(select distinct s from unnest(consent.scopes || excluded.scopes) as s
                    where s <> all(excluded.declined) order by s),
                declined = array(select distinct s from unnest(consent.declined || excluded.declined) as s
                    where s <> all(excluded.scopes) order by s)\
            """)
                .params(userId, clientId, scopes.toArray(String[]::new), declined.toArray(String[]::new), now, now)
                .update();
        audit.record(AuditEvent.of(AuditKind.CONSENT_GRANTED)
                .user(userId)
                .client(clientId)
                .detail("scope", String.join(" ", scopes))
                .detail("declined", String.join(" ", declined)));
    }

    /** Records that a person refused an app; nothing granted before changes. */
    public void refuse(UUID userId, String clientId) {
        audit.record(AuditEvent.of(AuditKind.CONSENT_DENIED).user(userId).client(clientId));
    }

    private static Set<String> strings(Array array) throws SQLException {
        return new LinkedHashSet<>(Arrays.asList((String[]) array.getArray()));
    }
}
