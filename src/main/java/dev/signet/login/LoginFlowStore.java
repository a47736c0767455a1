package dev.signet.login;

import dev.signet.crypto.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of sign-in flows. */
@Repository
class LoginFlowStore {

    private final JdbcClient jdbc;

    LoginFlowStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(LoginFlow flow, byte[] browserDigest, Instant now, Instant expires) {
        jdbc.sql("insert into login_flow (id, browser_digest, client_id, request, target, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        flow.id(),
                        browserDigest,
                        flow.clientId(),
                        flow.request(),
                        flow.target(),
                        Timestamp.from(now),
                        Timestamp.from(expires)))
                .update();
    }

    FlowLookup find(UUID id, String handle, byte @Nullable [] browserDigest, Instant now) {
        Optional<FlowLookup> found = jdbc.sql("select * from login_flow where id = ?")
                .param(id)
                .query((row, index) -> {
                    LoginFlow flow = flow(row, handle);
                    boolean live = row.getTimestamp("spent_at") == null
                            && row.getTimestamp("expires_at").toInstant().isAfter(now)
                            && browserDigest != null
                            && Digest.equal(row.getBytes("browser_digest"), browserDigest);
                    return live ? new FlowLookup.Live(flow) : (FlowLookup) new FlowLookup.Over(flow);
                })
                .optional();
        return found.orElseGet(FlowLookup.Unknown::new);
    }

    /** What one person allowed is nothing another may use: a change of person forgets it. */
    void passwordShown(UUID id, UUID userId, Instant at, UUID sessionId) {
        jdbc.sql("""
            update login_flow set user_id = ?, password_at = ?, session_id = ?, chosen = true, denied = false,
                allowed_scopes = case when user_id = ? then allowed_scopes end
            where id = ? and spent_at is null\
            """).params(userId, Timestamp.from(at), sessionId, userId, id).update();
    }

    /** The session a flow has started, as of now; holds the flow until the surrounding transaction ends. */
    Optional<UUID> lockedSession(UUID id) {
        return jdbc.sql("select session_id from login_flow where id = ? for update")
                .param(id)
                .query((row, index) -> Optional.ofNullable(row.getObject("session_id", UUID.class)))
                .optional()
                .flatMap(session -> session);
    }

    void chosen(UUID id) {
        jdbc.sql("update login_flow set chosen = true where id = ? and spent_at is null")
                .param(id)
                .update();
    }

    void allowed(UUID id, UUID userId, Set<String> scopes) {
        jdbc.sql("update login_flow set user_id = ?, allowed_scopes = ?, denied = false"
                        + " where id = ? and spent_at is null")
                .params(userId, String.join(" ", scopes), id)
                .update();
    }

    void denied(UUID id) {
        jdbc.sql("update login_flow set denied = true where id = ? and spent_at is null")
                .param(id)
                .update();
    }

    boolean spend(UUID id, Instant now) {
        Timestamp at = Timestamp.from(now);
        return jdbc.sql("update login_flow set spent_at = ? where id = ? and spent_at is null and expires_at > ?")
                        .params(at, id, at)
                        .update()
                == 1;
    }

    private static LoginFlow flow(ResultSet row, String handle) throws SQLException {
        Timestamp passwordAt = row.getTimestamp("password_at");
        String allowed = row.getString("allowed_scopes");
        return new LoginFlow(
                handle,
                row.getObject("id", UUID.class),
                row.getString("client_id"),
                row.getString("request"),
                row.getString("target"),
                row.getObject("user_id", UUID.class),
                passwordAt == null ? null : passwordAt.toInstant(),
                row.getObject("session_id", UUID.class),
                row.getBoolean("chosen"),
                allowed == null ? null : new LinkedHashSet<>(Arrays.asList(allowed.split(" "))),
                row.getBoolean("denied"));
    }
}
