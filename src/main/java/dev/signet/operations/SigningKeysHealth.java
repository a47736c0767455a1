package dev.signet.operations;

import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Ready means able to sign: without the two keys that every installation has, each token request would fail. */
final class SigningKeysHealth extends AbstractHealthIndicator {

    private final SigningKeys keys;

    SigningKeysHealth(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean loaded = keys.available(SigningAlgorithm.ES256) && keys.available(SigningAlgorithm.RS256);
        builder.status(loaded ? "UP" : "OUT_OF_SERVICE");
    }
}
