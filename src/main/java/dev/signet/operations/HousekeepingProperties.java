package dev.signet.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How expired rows leave the database.
 *
 * @param interval time between two passes on one node, at least one second; of several nodes one works at a time
 * @param batch rows removed by one statement, 1 to 10000: small enough to finish in milliseconds
 * @param auditMonthsAhead months for which a partition of the audit table is made in advance, 1 to 24
 */
@ConfigurationProperties("signet.operations.housekeeping")
record HousekeepingProperties(
        @DefaultValue("1m") Duration interval,
        @DefaultValue("500") int batch,
        @DefaultValue("2") int auditMonthsAhead) {

    HousekeepingProperties {
        Assert.isTrue(
                interval.compareTo(Duration.ofSeconds(1)) >= 0,
                "signet.operations.housekeeping.interval must be at least 1s");
        Assert.isTrue(
                batch >= 1 && batch <= 10_000, "signet.operations.housekeeping.batch must be between 1 and 10000");
        Assert.isTrue(
                auditMonthsAhead >= 1 && auditMonthsAhead <= 24,
                "signet.operations.housekeeping.audit-months-ahead must be between 1 and 24");
    }
}
