package dev.signet.protection;

import jakarta.validation.Valid;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.validation.annotation.Validated;

/**
 * How often something may be tried.
 *
 * @param signInAccount attempts at one account from unknown devices; 10 per 15 minutes by default
 * @param signInKnownDevice attempts at one account from devices its owner has used; 10 per 15 minutes by default
 * @param signInAddress attempts from one address at any account; 100 per 15 minutes by default
 * @param flowOpened sign-in flows opened by one address; 1,200 per minute by default
 * @param clientSecretCheck slow checks of client secrets that one address causes (every wrong secret is one); 300 per
 *     minute by default
 */
@Validated
@ConfigurationProperties("signet.protection")
record ProtectionProperties(
        @Valid @NestedConfigurationProperty Limit signInAccount,
        @Valid @NestedConfigurationProperty Limit signInKnownDevice,
        @Valid @NestedConfigurationProperty Limit signInAddress,
        @Valid @NestedConfigurationProperty Limit flowOpened,
        @Valid @NestedConfigurationProperty Limit clientSecretCheck) {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    ProtectionProperties(
            @Nullable Limit signInAccount,
            @Nullable Limit signInKnownDevice,
            @Nullable Limit signInAddress,
            @Nullable Limit flowOpened,
            @Nullable Limit clientSecretCheck) {
        this.signInAccount = signInAccount == null ? new Limit(10, QUARTER) : signInAccount;
        this.signInKnownDevice = signInKnownDevice == null ? new Limit(10, QUARTER) : signInKnownDevice;
        this.signInAddress = signInAddress == null ? new Limit(100, QUARTER) : signInAddress;
        this.flowOpened = flowOpened == null ? new Limit(1200, Duration.ofMinutes(1)) : flowOpened;
        this.clientSecretCheck = clientSecretCheck == null ? new Limit(300, Duration.ofMinutes(1)) : clientSecretCheck;
    }

    Limit limit(Rule rule) {
        return switch (rule) {
            case SIGN_IN_NAME, SIGN_IN_ACCOUNT -> signInAccount;
            case SIGN_IN_KNOWN_DEVICE -> signInKnownDevice;
            case SIGN_IN_ADDRESS -> signInAddress;
            case FLOW_OPENED -> flowOpened;
            case CLIENT_SECRET_CHECK -> clientSecretCheck;
        };
    }
}
