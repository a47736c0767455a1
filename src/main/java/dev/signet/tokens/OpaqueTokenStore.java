package dev.signet.tokens;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code access_token}: opaque access tokens, found by the row's id, which the token brings along. */
@Repository
class OpaqueTokenStore {

    private final JdbcClient jdbc;

    OpaqueTokenStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One token, with what its authorization says of the person; of a machine's token there is none.
     *
     * @param revoked whether it was revoked itself or has ended with its family
     */
    record Row(
            UUID id,
            byte[] digest,
            String clientId,
            @Nullable UUID authorizationId,
            String scope,
            List<String> audience,
            Instant issuedAt,
            Instant expiresAt,
            boolean revoked,
            @Nullable UUID userId,
            @Nullable Instant authTime,
            @Nullable String acr,
            List<String> amr) {}

    void insert(
            UUID id,
            byte[] digest,
            String clientId,
            @Nullable UUID authorizationId,
            String scope,
            List<String> audience,
            Instant issuedAt,
            Instant expiresAt) {
        jdbc.sql("insert into access_token (id, digest, client_id, authorization_id, scope, audience, issued_at,"
                        + " expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        id,
                        digest,
                        clientId,
                        authorizationId,
                        scope,
                        audience.toArray(String[]::new),
                        Timestamp.from(issuedAt),
                        Timestamp.from(expiresAt)))
                .update();
    }

    Optional<Row> byId(UUID id) {
        return jdbc.sql("""
            select t.id, t.digest, t.client_id, t.authorization_id, t.scope, t.audience, t.issued_at, t.expires_at,
                t.revoked_at is not null or a.revoked_at is not null as revoked, a.user_id, a.auth_time, a.acr, a.amr
            from access_token t left join oauth_authorization a on a.id = t.authorization_id
            where t.id = ?\
            """).param(id).query(OpaqueTokenStore::row).optional();
    }

    void revoke(UUID id, Instant now) {
        jdbc.sql("update access_token set revoked_at = ? where id = ? and revoked_at is null")
                .params(Timestamp.from(now), id)
                .update();
    }

    /** Ends the tokens a client has for itself; those of people end with their families. */
    void revokeOfMachine(String clientId, Instant now) {
        jdbc.sql("update access_token set revoked_at = ?"
                        + " where client_id = ? and authorization_id is null and revoked_at is null")
                .params(Timestamp.from(now), clientId)
                .update();
    }

    private static Row row(ResultSet row, int index) throws SQLException {
        Timestamp authTime = row.getTimestamp("auth_time");
        java.sql.Array amr = row.getArray("amr");
        return new Row(
                row.getObject("id", UUID.class),
                row.getBytes("digest"),
                row.getString("client_id"),
                row.getObject("authorization_id", UUID.class),
                row.getString("scope"),
                List.of((String[]) row.getArray("audience").getArray()),
                row.getTimestamp("issued_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getBoolean("revoked"),
                row.getObject("user_id", UUID.class),
                authTime == null ? null : authTime.toInstant(),
                row.getString("acr"),
                amr == null ? List.of() : List.of((String[]) amr.getArray()));
    }
}
