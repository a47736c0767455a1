package dev.signet.sessions;

import dev.signet.audit.RequestTrace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of sessions and of the accounts a browser remembers. */
@Repository
class SsoSessionStore {

    private static final String COLUMNS = "id, user_id, browser_id, password_at, remembered";

    private final JdbcClient jdbc;

    SsoSessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<SsoSession> find(UUID id, byte[] digest, Instant now, Instant usedSince) {
        return jdbc.sql("select " + COLUMNS
                        + " from sso_session where id = ? and digest = ? and ended_at is null and expires_at > ?"
                        + " and (remembered or last_used_at > ?)")
                .params(id, digest, Timestamp.from(now), Timestamp.from(usedSince))
                .query(SsoSessionStore::session)
                .optional();
    }

    Optional<SsoSession> byId(UUID id, Instant now) {
        return jdbc.sql("select " + COLUMNS + " from sso_session where id = ? and ended_at is null and expires_at > ?")
                .params(id, Timestamp.from(now))
                .query(SsoSessionStore::session)
                .optional();
    }

    void insert(SsoSession session, byte[] digest, Instant expires, RequestTrace trace) {
        Timestamp at = Timestamp.from(session.passwordAt());
        jdbc.sql("""
            insert into sso_session (id, user_id, browser_id, digest, password_at, remembered, address, device,
                created_at, last_used_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
                .params(
                        session.id(),
                        session.userId(),
                        session.browserId(),
                        digest,
                        at,
                        session.remembered(),
                        trace.address(),
                        trace.device(),
                        at,
                        at,
                        Timestamp.from(expires))
                .update();
    }

    boolean renew(SsoSession session, byte[] digest, Instant expires) {
        Timestamp at = Timestamp.from(session.passwordAt());
        return jdbc.sql("update sso_session set digest = ?, password_at = ?, last_used_at = ?, remembered = ?,"
                                + " expires_at = ? where id = ? and user_id = ? and ended_at is null")
                        .params(
                                digest,
                                at,
                                at,
                                session.remembered(),
                                Timestamp.from(expires),
                                session.id(),
                                session.userId())
                        .update()
                == 1;
    }

    /**
     * One statement for all: the app joins, and the session counts as used (to the minute, to spare writes). Whoever ends
     * the session waits until the surrounding transaction is over, and so sees what it has made.
     *
     * @return whether the session still lives
     */
    boolean join(UUID sessionId, String clientId, Instant now) {
        Timestamp at = Timestamp.from(now);
        return jdbc.sql("""
            with live as (
                select id from sso_session where id = ? and ended_at is null for no key update
            ), used as (
                update sso_session set last_used_at = ? where id in (select id from live) and last_used_at < ?
            ), joined as (
                insert into sso_session_client (session_id, client_id, joined_at) select id, ?, ? from live
                on conflict do nothing
            )
            select exists(select 1 from live)\
            """)
                .params(sessionId, at, Timestamp.from(now.minusSeconds(60)), clientId, at)
                .query(Boolean.class)
                .single();
    }

    List<String> clients(UUID sessionId) {
        return jdbc.sql("select client_id from sso_session_client where session_id = ? order by joined_at")
                .param(sessionId)
                .query(String.class)
                .list();
    }

    Optional<UUID> end(UUID sessionId, SessionEnded.EndReason reason, Instant now) {
        return jdbc.sql("update sso_session set ended_at = ?, end_reason = ? where id = ? and ended_at is null"
                        + " returning user_id")
                .params(Timestamp.from(now), reason.name(), sessionId)
                .query(UUID.class)
                .optional();
    }

    List<UUID> ofUser(UUID userId) {
        return jdbc.sql("select id from sso_session where user_id = ? and ended_at is null")
                .param(userId)
                .query(UUID.class)
                .list();
    }

    void remember(UUID browserId, UUID userId, Instant now, Instant expires) {
        jdbc.sql("""
            insert into browser_account (browser_id, user_id, last_used_at, expires_at) values (?, ?, ?, ?)
            on conflict (browser_id, user_id)
            do update set last_used_at = excluded.last_used_at, expires_at = excluded.expires_at\
            """)
                .params(browserId, userId, Timestamp.from(now), Timestamp.from(expires))
                .update();
    }

    List<UUID> remembered(UUID browserId, Instant now) {
        return jdbc.sql("select user_id from browser_account where browser_id = ? and expires_at > ?"
                        + " order by last_used_at desc limit 10")
                .params(browserId, Timestamp.from(now))
                .query(UUID.class)
                .list();
    }

    boolean knows(UUID browserId, UUID userId, Instant now) {
        return jdbc.sql("select count(*) from browser_account where browser_id = ? and user_id = ? and expires_at > ?")
                        .params(browserId, userId, Timestamp.from(now))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void forget(UUID browserId, UUID userId) {
        jdbc.sql("delete from browser_account where browser_id = ? and user_id = ?")
                .params(browserId, userId)
                .update();
    }

    private static SsoSession session(ResultSet row, int index) throws SQLException {
        return new SsoSession(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("browser_id", UUID.class),
                row.getTimestamp("password_at").toInstant(),
                row.getBoolean("remembered"));
    }
}
