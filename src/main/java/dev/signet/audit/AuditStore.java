package dev.signet.audit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Appends rows to {@code audit_event}; nothing ever updates or deletes there but retention.
 *
 * <p>Any number of rows goes by one statement of constant text (arrays, unnested), so that the server plans it once.
 */
@Repository
class AuditStore {

    private static final String INSERT = """
        insert into audit_event (id, at, kind, outcome, actor, user_id, client_id, session_id, authorization_id,
                                 address, device, reason, error_id, detail)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
        """;

    private static final String INSERT_ALL = """
        insert into audit_event (id, at, kind, outcome, actor, user_id, client_id, session_id, authorization_id,
                                 address, device, reason, error_id, detail)
        select id, at, kind, outcome, actor, user_id, client_id, session_id, authorization_id,
               address, device, reason, error_id, detail::jsonb
        from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::uuid[],
                    ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
             as row (id, at, kind, outcome, actor, user_id, client_id, session_id, authorization_id,
                     address, device, reason, error_id, detail)
        """;

    private final JdbcTemplate jdbc;

    AuditStore(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    void insert(AuditRow row) {
        jdbc.update(INSERT, statement -> {
            statement.setObject(1, row.id());
            statement.setObject(2, row.at().atOffset(ZoneOffset.UTC));
            statement.setString(3, row.kind());
            statement.setString(4, row.outcome());
            statement.setString(5, row.actor());
            setUuid(statement, 6, row.user());
            statement.setString(7, row.client());
            setUuid(statement, 8, row.session());
            setUuid(statement, 9, row.authorization());
            statement.setString(10, row.address());
            statement.setString(11, row.device());
            statement.setString(12, row.reason());
            statement.setString(13, row.errorId());
            statement.setString(14, row.detail());
        });
    }

    void insertAll(List<AuditRow> rows) {
        jdbc.update(INSERT_ALL, statement -> {
            Connection connection = statement.getConnection();
            setArray(statement, 1, connection, "uuid", rows, AuditRow::id);
            setArray(
                    statement,
                    2,
                    connection,
                    "timestamptz",
                    rows,
                    row -> row.at().toString());
            setArray(statement, 3, connection, "text", rows, AuditRow::kind);
            setArray(statement, 4, connection, "text", rows, AuditRow::outcome);
            setArray(statement, 5, connection, "text", rows, AuditRow::actor);
            setArray(statement, 6, connection, "uuid", rows, AuditRow::user);
            setArray(statement, 7, connection, "text", rows, AuditRow::client);
            setArray(statement, 8, connection, "uuid", rows, AuditRow::session);
            setArray(statement, 9, connection, "uuid", rows, AuditRow::authorization);
            setArray(statement, 10, connection, "text", rows, AuditRow::address);
            setArray(statement, 11, connection, "text", rows, AuditRow::device);
            setArray(statement, 12, connection, "text", rows, AuditRow::reason);
            setArray(statement, 13, connection, "text", rows, AuditRow::errorId);
            setArray(statement, 14, connection, "text", rows, AuditRow::detail);
        });
    }

    private static void setUuid(PreparedStatement statement, int index, @Nullable UUID value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.OTHER, "uuid");
        } else {
            statement.setObject(index, value);
        }
    }

    private static void setArray(
            PreparedStatement statement,
            int index,
            Connection connection,
            String type,
            List<AuditRow> rows,
            Function<AuditRow, @Nullable Object> field)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = field.apply(rows.get(i));
            values[i] = value == null ? null : value.toString();
        }
        Array array = connection.createArrayOf(type, values);
        statement.setArray(index, array);
    }
}
