package dev.signet.operations;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes expired rows and makes the audit table's partitions ahead of time.
 *
 * <p>Rows leave in small batches, each a transaction of its own, that skip what a request holds: a pass slows nobody
 * down, and an interrupted one loses nothing. Of several nodes one works at a time.
 */
final class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final DataSource dataSource;
    private final HousekeepingProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;

    /** @param dataSource opens connections that are not the request pool's and wait longer for an answer */
    Housekeeping(DataSource dataSource, HousekeepingProperties properties, Clock clock, MeterRegistry meters) {
        this.dataSource = dataSource;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    /** Does one pass; returns the rows removed, which is nothing while another node is at it. */
    Map<ExpiringTable, Integer> pass() throws SQLException {
        Map<ExpiringTable, Integer> removed = new EnumMap<>(ExpiringTable.class);
        try (HousekeepingStore store = new HousekeepingStore(dataSource)) {
            if (!store.tryLock()) {
                return removed;
            }
            ensureAuditPartitions(store);
            for (ExpiringTable table : ExpiringTable.values()) {
                int rows = removeExpired(store, table);
                if (rows > 0) {
                    removed.put(table, rows);
                }
            }
        }
        if (!removed.isEmpty()) {
            log.debug("Removed expired rows: {}", removed);
        }
        return removed;
    }

    private int removeExpired(HousekeepingStore store, ExpiringTable table) throws SQLException {
        Instant before = clock.instant().minus(table.grace());
        int total = 0;
        int removed;
        do {
            removed = store.removeExpired(table, before, properties.batch());
            total += removed;
        } while (removed == properties.batch() && !Thread.currentThread().isInterrupted());
        meters.counter("signet.housekeeping.removed", "table", table.table()).increment(total);
        return total;
    }

    private void ensureAuditPartitions(HousekeepingStore store) {
        YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
        for (int month = 1; month <= properties.auditMonthsAhead(); month++) {
            try {
                store.ensureAuditPartition(now.plusMonths(month));
            } catch (SQLException e) {
                log.warn("The audit partition of {} could not be made; trying again later", now.plusMonths(month), e);
            }
        }
    }
}
