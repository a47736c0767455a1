package dev.signet.audit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are gathered into shared inserts.
 *
 * @param queueCapacity events that may wait for the writer; more are refused with 503 (1 to 1,000,000)
 * @param batchSize most events in one insert (1 to 10,000)
 * @param patience longest time a request waits until its event is durable
 */
@Validated
@ConfigurationProperties("signet.audit")
record AuditProperties(
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int queueCapacity,
        @DefaultValue("500") @Min(1) @Max(10_000) int batchSize,
        @DefaultValue("2500ms") Duration patience) {}
