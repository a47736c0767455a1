package dev.signet.verifier.boot;

import dev.signet.verifier.OfflinePolicy;
import dev.signet.verifier.TokenVerifier;
import dev.signet.verifier.VerifierState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether tokens can be checked: down without any key of the server, out of service while expired status lists make requests
 * be refused. An outage of the server that nobody notices is none here.
 */
final class SignetVerifierHealthIndicator extends AbstractHealthIndicator {

    private final TokenVerifier verifier;
    private final OfflinePolicy offline;

    SignetVerifierHealthIndicator(TokenVerifier verifier, OfflinePolicy offline) {
        super("The state of the verifier cannot be read");
        this.verifier = verifier;
        this.offline = offline;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        VerifierState state = verifier.state();
        if (!state.canVerify()) {
            health.down();
        } else if (state.expiredStatusLists() > 0 && offline == OfflinePolicy.FAIL_CLOSED) {
            health.outOfService();
        } else {
            health.up();
        }
        health.withDetail("keys", state.keys())
                .withDetail("keysCurrent", state.keysCurrent())
                .withDetail("statusLists", state.statusLists())
                .withDetail("expiredStatusLists", state.expiredStatusLists())
                .withDetail("push", state.push());
    }
}
