package dev.signet.tokens;

import dev.signet.tokens.Authorization.Code;
import dev.signet.tokens.Authorization.Family;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL of authorizations. Every look-up is by primary key: handles bring their row's id with them. Whatever can be
 * spent is spent by one UPDATE whose row count says who won.
 */
@Repository
class AuthorizationStore {

    private static final String COLUMNS = "id, client_id, user_id, session_id, sid, scope, audience, offline, nonce,"
            + " id_token_claims, userinfo_claims, auth_time, acr, amr, code_digest, code_challenge, redirect_uri,"
            + " code_expires_at, redeemed_at, generation, refresh_digest, previous_digest, previous_used_at,"
            + " idle_expires_at, absolute_expires_at, revoked_at";

    private final JdbcClient jdbc;

    AuthorizationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Authorization a, Instant now) {
        jdbc.sql("""
            insert into oauth_authorization (id, client_id, user_id, session_id, sid, scope, audience, offline,
                nonce, id_token_claims, userinfo_claims, auth_time, acr, amr, code_digest, code_challenge,
                redirect_uri, code_expires_at, absolute_expires_at, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
                .params(Arrays.asList(
                        a.id(),
                        a.clientId(),
                        a.userId(),
                        a.sessionId(),
                        a.sid(),
                        String.join(" ", a.scope()),
                        array(a.audience()),
                        a.offline(),
                        a.nonce(),
                        array(a.idTokenClaims()),
                        array(a.userInfoClaims()),
                        Timestamp.from(a.authTime()),
                        a.acr(),
                        array(a.amr()),
                        a.code().digest(),
                        a.code().challenge(),
                        a.code().redirectUri(),
                        Timestamp.from(a.code().expiresAt()),
                        Timestamp.from(a.family().absoluteExpiresAt()),
                        Timestamp.from(now)))
                .update();
    }

    Optional<Authorization> byId(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from oauth_authorization where id = ?")
                .param(id)
                .query(AuthorizationStore::authorization)
                .optional();
    }

    /** Spends the code and opens the family; {@code false} if the code was spent, expired or revoked meanwhile. */
    boolean redeem(
            UUID id, Instant now, byte @Nullable [] refreshDigest, @Nullable Instant idleExpires, Instant absolute) {
        Timestamp at = Timestamp.from(now);
        return jdbc.sql("update oauth_authorization set redeemed_at = ?, generation = 1, refresh_digest = ?,"
                                + " idle_expires_at = ?, absolute_expires_at = ? where id = ? and redeemed_at is null"
                                + " and revoked_at is null and code_expires_at > ?")
                        .params(Arrays.asList(
                                at, refreshDigest, timestamp(idleExpires), Timestamp.from(absolute), id, at))
                        .update()
                == 1;
    }

    /**
     * Spends a refresh token and puts its successor in place: the one statement of a refresh. Empty if the token is
     * not the live one of its family, is another client's, or the family has ended.
     */
    Optional<Authorization> rotate(
            UUID id, String clientId, int generation, byte[] digest, byte[] successor, Instant now, Instant idle) {
        Timestamp at = Timestamp.from(now);
        return jdbc.sql("update oauth_authorization set generation = generation + 1, previous_digest = refresh_digest,"
                        + " previous_used_at = ?, refresh_digest = ?, idle_expires_at = ?"
                        + " where id = ? and client_id = ? and generation = ? and refresh_digest = ?"
                        + " and revoked_at is null and idle_expires_at > ? and absolute_expires_at > ?"
                        + " returning " + COLUMNS)
                .params(at, successor, Timestamp.from(idle), id, clientId, generation, digest, at, at)
                .query(AuthorizationStore::authorization)
                .optional();
    }

    /** Ends a family; {@code false} if it had ended already. */
    boolean revoke(UUID id, String reason, Instant now) {
        return jdbc.sql("update oauth_authorization set revoked_at = ?, revoke_reason = ?"
                                + " where id = ? and revoked_at is null")
                        .params(Timestamp.from(now), reason, id)
                        .update()
                == 1;
    }

    /** Ends what hangs on a session: all but the grants made for use without the person. */
    List<UUID> revokeOfSession(UUID sessionId, String reason, Instant now) {
        return jdbc.sql("update oauth_authorization set revoked_at = ?, revoke_reason = ?"
                        + " where session_id = ? and not offline and revoked_at is null returning id")
                .params(Timestamp.from(now), reason, sessionId)
                .query(UUID.class)
                .list();
    }

    List<UUID> revokeOfUser(UUID userId, String reason, Instant now) {
        return jdbc.sql("update oauth_authorization set revoked_at = ?, revoke_reason = ?"
                        + " where user_id = ? and revoked_at is null returning id")
                .params(Timestamp.from(now), reason, userId)
                .query(UUID.class)
                .list();
    }

    /** Puts one access token on the list of revoked ones. */
    void revokeToken(String jti, Instant expires) {
        jdbc.sql("insert into revoked_token (jti, expires_at) values (?, ?) on conflict do nothing")
                .params(jti, Timestamp.from(expires))
                .update();
    }

    boolean tokenRevoked(String jti) {
        return jdbc.sql("select exists(select 1 from revoked_token where jti = ?)")
                .param(jti)
                .query(Boolean.class)
                .single();
    }

    /** Whether an access token given out under an authorization still stands; one statement for both answers. */
    boolean tokenStands(UUID authorizationId, String jti) {
        return jdbc.sql("select exists(select 1 from oauth_authorization where id = ? and revoked_at is null)"
                        + " and not exists(select 1 from revoked_token where jti = ?)")
                .params(authorizationId, jti)
                .query(Boolean.class)
                .single();
    }

    private static String[] array(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static List<String> list(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Authorization authorization(ResultSet row, int index) throws SQLException {
        Code code = new Code(
                row.getBytes("code_digest"),
                row.getString("code_challenge"),
                row.getString("redirect_uri"),
                required(row, "code_expires_at"),
                instant(row, "redeemed_at"));
        Family family = new Family(
                row.getInt("generation"),
                row.getBytes("refresh_digest"),
                row.getBytes("previous_digest"),
                instant(row, "previous_used_at"),
                instant(row, "idle_expires_at"),
                required(row, "absolute_expires_at"),
                instant(row, "revoked_at"));
        return new Authorization(
                row.getObject("id", UUID.class),
                row.getString("client_id"),
                row.getObject("user_id", UUID.class),
                row.getObject("session_id", UUID.class),
                row.getString("sid"),
                new LinkedHashSet<>(Arrays.asList(row.getString("scope").split(" "))),
                list(row, "audience"),
                row.getBoolean("offline"),
                row.getString("nonce"),
                new LinkedHashSet<>(list(row, "id_token_claims")),
                new LinkedHashSet<>(list(row, "userinfo_claims")),
                required(row, "auth_time"),
                row.getString("acr"),
                list(row, "amr"),
                code,
                family);
    }
}
