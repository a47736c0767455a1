package dev.signet.commands;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends, across the tables of all modules, what a restore may have brought back. */
final class RecoveryStore {

    private final JdbcClient jdbc;

    RecoveryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How much was ended. */
    record Ended(int sessions, int families, int flows, int links) {}

    /** Connections that nodes have to this database, by the name they give themselves. */
    int connectionsOfNodes() {
        return jdbc.sql("""
            select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'signet' and pid <> pg_backend_pid()
            """).query(Integer.class).single();
    }

    /** Ends whatever began up to a moment and has not ended. */
    Ended endAll(Instant asOf, Instant now) {
        update("update access_token set revoked_at = ? where revoked_at is null and issued_at <= ?", now, asOf);
        return new Ended(
                update(
                        "update sso_session set ended_at = ?, end_reason = 'RECOVERED'"
                                + " where ended_at is null and created_at <= ?",
                        now,
                        asOf),
                update(
                        "update oauth_authorization set revoked_at = ?, revoke_reason = 'RECOVERED'"
                                + " where revoked_at is null and created_at <= ?",
                        now,
                        asOf),
                update("update login_flow set spent_at = ? where spent_at is null and created_at <= ?", now, asOf),
                update("update one_time_link set used_at = ? where used_at is null and created_at <= ?", now, asOf));
    }

    private int update(String sql, Instant now, Instant asOf) {
        return jdbc.sql(sql).params(Timestamp.from(now), Timestamp.from(asOf)).update();
    }
}
