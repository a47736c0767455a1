package dev.signet.operations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * The statements of housekeeping, on one connection of its own for a whole pass: the lock that keeps other nodes out
 * belongs to the connection, and a pass must not take one from the requests.
 */
final class HousekeepingStore implements AutoCloseable {

    /** Any number that no other advisory lock of ours uses. */
    private static final long LOCK = 0x5167_6e65_7401L;

    private final Connection connection;

    HousekeepingStore(DataSource dataSource) throws SQLException {
        this.connection = dataSource.getConnection();
    }

    /** Whether this pass is ours; the lock ends with this store, or with its connection when that breaks. */
    boolean tryLock() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Removes at most a batch of rows that expired before the given instant; rows in use are left for the next pass. */
    int removeExpired(ExpiringTable table, Instant before, int batch) throws SQLException {
        String sql = """
            delete from %1$s where ctid = any (array(
                select ctid from %1$s where %2$s < ? order by %2$s limit ? for update skip locked))
            """.formatted(table.table(), table.column());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            statement.setInt(2, batch);
            return statement.executeUpdate();
        }
    }

    /**
     * Makes the audit table's partition of a month. Adding one stops the table's users for a moment, so it gives way after
     * a second and is tried again at the next pass; until then events go to the default partition.
     */
    void ensureAuditPartition(YearMonth month) throws SQLException {
        String name = "audit_event_%d_%02d".formatted(month.getYear(), month.getMonthValue());
        try (Statement statement = connection.createStatement()) {
            if (exists(name)) {
                return;
            }
            statement.execute("set lock_timeout = '1s'");
            statement.execute("create table %s partition of audit_event for values from ('%s-01') to ('%s-01')"
                    .formatted(name, month, month.plusMonths(1)));
        }
    }

    private boolean exists(String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, table);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
        }
    }
}
