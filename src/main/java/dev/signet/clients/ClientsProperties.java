package dev.signet.clients;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long clients are kept in memory.
 *
 * @param maxAge longest time a client is served from memory without asking the database (0 to 5 s)
 * @param capacity most clients, and names of clients that do not exist, kept in memory (1 to 1,000,000)
 */
@Validated
@ConfigurationProperties("signet.clients")
record ClientsProperties(
        @DefaultValue("5s") @DurationMin @DurationMax(seconds = 5)
        Duration maxAge,

        @DefaultValue("10000") @Min(1) @Max(1_000_000) int capacity) {}
