package dev.signet.operations;

import dev.signet.keys.SigningKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the module. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

    private static final Duration HOUSEKEEPING_PATIENCE = Duration.ofSeconds(30);

    @Bean
    HousekeepingSchedule housekeepingSchedule(
            JdbcConnectionDetails details, HousekeepingProperties properties, Clock clock, MeterRegistry meters) {
        Housekeeping housekeeping = new Housekeeping(unpooled(details), properties, clock, meters);
        return new HousekeepingSchedule(housekeeping, properties.interval());
    }

    private static DataSource unpooled(JdbcConnectionDetails details) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(details.getJdbcUrl());
        source.setUser(details.getUsername());
        source.setPassword(details.getPassword());
        source.setApplicationName("signet housekeeping");
        source.setConnectTimeout(2);
        source.setLoginTimeout(4);
        source.setSocketTimeout((int) HOUSEKEEPING_PATIENCE.toSeconds());
        return source;
    }

    /** The name is the component's in the answer of the readiness probe. */
    @Bean
    HealthIndicator keysHealthIndicator(SigningKeys keys) {
        return new SigningKeysHealth(keys);
    }
}
