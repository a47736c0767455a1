package dev.signet.crypto;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What administrators see of a data key; never the key.
 *
 * @param purpose {@code handle}, {@code seal} or {@code hash}
 * @param masterKeyId the master key that wraps it
 * @param activatedAt when it began or will begin to make values
 * @param retiredAt when it stopped or will stop to; it goes on checking
 */
public record DataKeyView(
        int id,
        String purpose,
        String masterKeyId,
        Instant activatedAt,
        @Nullable Instant retiredAt) {}
