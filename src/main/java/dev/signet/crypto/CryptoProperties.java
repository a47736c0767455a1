package dev.signet.crypto;

import jakarta.validation.Valid;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the cryptographic ground.
 *
 * @param masterKeyFile file with the master key: 32 random bytes in base64url or base64; without it the environment
 *     variable {@code SIGNET_MASTER_KEY} is taken; without both, and not in profile {@code production}, a key is made in
 *     {@code <signet.data-dir>/master.key}
 * @param previousMasterKeyFile file with the master key before it, while it is being changed; without it the environment
 *     variable {@code SIGNET_PREVIOUS_MASTER_KEY} is taken
 * @param pkcs11 a master key that stays in a device, instead of one in a file
 * @param previousPkcs11 the same for the master key before it, while it is being changed
 * @param nativeCode whether native libraries (Corretto for signatures, Argon2) are used where they run
 * @param hashing slow hashes
 */
@Validated
@ConfigurationProperties("signet.crypto")
record CryptoProperties(
        @Nullable Path masterKeyFile,
        @Nullable Path previousMasterKeyFile,
        @DefaultValue @NestedConfigurationProperty Pkcs11Properties pkcs11,
        @DefaultValue @NestedConfigurationProperty Pkcs11Properties previousPkcs11,
        @DefaultValue("true") boolean nativeCode,
        @DefaultValue @Valid @NestedConfigurationProperty HashingProperties hashing) {}
