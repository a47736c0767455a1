package dev.signet.tokens;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.Client;
import dev.signet.refusals.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * Access tokens for clients that act for themselves (client credentials, RFC 6749 section 4.4). No row is kept of them;
 * the audit event is durable before the token leaves.
 */
@Service
public class MachineTokens {

    private final AccessTokens accessTokens;
    private final Resources resources;
    private final AuditTrail audit;
    private final Clock clock;

    MachineTokens(AccessTokens accessTokens, Resources resources, AuditTrail audit, Clock clock) {
        this.accessTokens = accessTokens;
        this.resources = resources;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Issues a token.
     *
     * @param allowed scopes the client may have and has asked for
     * @param requested the values of {@code resource} (RFC 8707)
     * @throws Refused if it may not have a token for one of these
     */
    public IssuedTokens issue(Client client, Set<String> allowed, List<String> requested) {
        Target target = resources.ofMachine(client, requested);
        Set<String> scope = resources.narrow(allowed, requested);
        String accessToken = accessTokens.forMachine(client, target, scope, Instant.now(clock));
        audit.record(AuditEvent.of(AuditKind.TOKEN_ISSUED)
                .grant("client_credentials")
                .client(client.clientId())
                .detail("scope", String.join(" ", scope)));
        return new IssuedTokens(accessToken, target.form().lifetime(), scope, null, null);
    }
}
