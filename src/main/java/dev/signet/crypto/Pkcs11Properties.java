package dev.signet.crypto;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A master key that stays in a device or a key service which speaks PKCS#11. The PIN comes from a file or from the
 * environment variable {@code SIGNET_PKCS11_PIN}.
 *
 * @param library the device's PKCS#11 library; where it is not set, no device is used
 * @param slotListIndex which of the device's slots, counted from 0
 * @param keyLabel label of the AES key with 256 bits
 * @param pinFile file with the PIN
 */
record Pkcs11Properties(
        @Nullable Path library,
        @DefaultValue("0") int slotListIndex,
        @DefaultValue("signet") String keyLabel,
        @Nullable Path pinFile) {}
