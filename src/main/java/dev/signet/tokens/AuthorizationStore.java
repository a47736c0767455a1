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
import java.util.Set;
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
            + " idle_expires_at, absolute_expires_at, revoked_at, status_indexes, used_by";

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

    /** What the tokens of an authorization are for; it never changes. */
    Optional<List<String>> audience(UUID id) {
        return jdbc.sql("select audience from oauth_authorization where id = ?")
                .param(id)
                .query((row, index) -> list(row, "audience"))
                .optional();
    }

    /** Keeps the index of one more access token; {@code false} if the family has ended. */
    boolean addStatusIndex(UUID id, StatusIndex status) {
        return jdbc.sql("update oauth_authorization set status_indexes = status_indexes || ?::bigint"
                                + " where id = ? and revoked_at is null")
                        .params(status.packed(), id)
                        .update()
                == 1;
    }

    /** Spends the code and opens the family; {@code false} if the code was spent, expired or revoked meanwhile. */
    boolean redeem(
            UUID id,
            Instant now,
            byte @Nullable [] refreshDigest,
            @Nullable Instant idleExpires,
            @Nullable StatusIndex status) {
        Timestamp at = Timestamp.from(now);
        return jdbc.sql("update oauth_authorization set redeemed_at = ?, generation = 1, refresh_digest = ?,"
                                + " idle_expires_at = ?, status_indexes = ?::bigint[]"
                                + " where id = ? and redeemed_at is null"
                                + " and revoked_at is null and code_expires_at > ?")
                        .params(Arrays.asList(at, refreshDigest, timestamp(idleExpires), packed(status), id, at))
                        .update()
                == 1;
    }

    /**
     * Spends a refresh token and puts its successor in place: the one statement of a refresh. Empty if the token is
     * not the live one of its family, is another client's, or the family has ended.
     */
    Optional<Authorization> rotate(
            UUID id,
            String clientId,
            int generation,
            byte[] digest,
            byte[] successor,
            Instant now,
            Instant idle,
            byte[] usedBy,
            @Nullable StatusIndex status) {
        Timestamp at = Timestamp.from(now);
        return jdbc.sql("update oauth_authorization set generation = generation + 1, previous_digest = refresh_digest,"
                        + " previous_used_at = ?, refresh_digest = ?, idle_expires_at = ?, used_by = ?,"
                        + " status_indexes = array(select i from unnest(status_indexes) i where i >= ?) || ?::bigint[]"
                        + " where id = ? and client_id = ? and generation = ? and refresh_digest = ?"
                        + " and revoked_at is null and idle_expires_at > ? and absolute_expires_at > ?"
                        + " returning " + COLUMNS)
                .params(
                        at,
                        successor,
                        Timestamp.from(idle),
                        usedBy,
                        StatusIndex.firstAlive(now),
                        packed(status),
                        id,
                        clientId,
                        generation,
                        digest,
                        at,
                        at)
                .query(AuthorizationStore::authorization)
                .optional();
    }

    /**
     * Ends a family and sets the status bits of its access tokens, in one statement.
     *
     * @return the lists whose bits were set; empty if the family had ended already
     */
    Optional<Ended> revoke(UUID id, String reason, Instant now) {
        return revokeWhere("id = :value", id, reason, now).stream().findFirst();
    }

    /** Ends what hangs on a session: all but the grants made for use without the person. */
    List<Ended> revokeOfSession(UUID sessionId, String reason, Instant now) {
        return revokeWhere("session_id = :value and not offline", sessionId, reason, now);
    }

    List<Ended> revokeOfClient(String clientId, String reason, Instant now) {
        return revokeWhere("client_id = :value", clientId, reason, now);
    }

    List<Ended> revokeOfUser(UUID userId, String reason, Instant now) {
        return revokeWhere("user_id = :value", userId, reason, now);
    }

    /** A family that has just ended, and the status lists in which its access tokens stand. */
    record Ended(UUID id, Set<Long> lists) {}

    /** Rows are locked in the order of their ids, so that two ends of many families never wait for each other. */
    private List<Ended> revokeWhere(String condition, Object value, String reason, Instant now) {
        return jdbc.sql("""
            with ended as (
                update oauth_authorization set revoked_at = :now, revoke_reason = :reason
                where revoked_at is null and id in (
                    select id from oauth_authorization where %s and revoked_at is null order by id for update)
                returning id, array(select i from unnest(status_indexes) i where i >= :alive) as live),
            bits as (
                insert into status_bit (hour, ordinal, idx, revoked_at)
                select i >> 32, (i >> 20) & 4095, i & 1048575, :now from ended, unnest(live) i
                on conflict do nothing)
            select id, live from ended\
            """.formatted(condition))
                .param("now", Timestamp.from(now))
                .param("reason", reason)
                .param("value", value)
                .param("alive", StatusIndex.firstAlive(now))
                .query((row, index) -> {
                    Set<Long> lists = new LinkedHashSet<>();
                    for (Long packed : (Long[]) row.getArray("live").getArray()) {
                        lists.add(StatusIndex.unpack(packed).listId());
                    }
                    return new Ended(row.getObject("id", UUID.class), lists);
                })
                .list();
    }

    /** Whether an access token given out under an authorization still stands; one statement for both answers. */
    boolean tokenStands(UUID authorizationId, StatusIndex status) {
        return jdbc.sql("select exists(select 1 from oauth_authorization where id = :id and revoked_at is null)"
                        + " and not " + StatusListStore.REVOKED)
                .param("id", authorizationId)
                .param("hour", status.hour())
                .param("ordinal", status.ordinal())
                .param("idx", status.index())
                .query(Boolean.class)
                .single();
    }

    /** The authorization an access token was given out under, if both still stand. */
    Optional<Authorization> standing(UUID authorizationId, StatusIndex status) {
        return jdbc.sql("select " + COLUMNS + " from oauth_authorization where id = :id and revoked_at is null and not "
                        + StatusListStore.REVOKED)
                .param("id", authorizationId)
                .param("hour", status.hour())
                .param("ordinal", status.ordinal())
                .param("idx", status.index())
                .query(AuthorizationStore::authorization)
                .optional();
    }

    private static String[] array(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    private static Long[] packed(@Nullable StatusIndex status) {
        return status == null ? new Long[0] : new Long[] {status.packed()};
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
                instant(row, "revoked_at"),
                List.of((Long[]) row.getArray("status_indexes").getArray()),
                row.getBytes("used_by"));
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
