package dev.signet.tokens;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.Client;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * Access tokens for clients that act for themselves (client credentials, RFC 6749 section 4.4). No row is kept of them;
 * the audit event is durable before the token leaves.
 */
@Service
public class MachineTokens {

    private final AccessTokens accessTokens;
    private final AuditTrail audit;
    private final Clock clock;

    MachineTokens(AccessTokens accessTokens, AuditTrail audit, Clock clock) {
        this.accessTokens = accessTokens;
        this.audit = audit;
        this.clock = clock;
    }

    public IssuedTokens issue(Client client, Set<String> scope) {
        String accessToken = accessTokens.forMachine(client, scope, Instant.now(clock));
        audit.record(AuditEvent.of(AuditKind.TOKEN_ISSUED)
                .grant("client_credentials")
                .client(client.clientId())
                .detail("scope", String.join(" ", scope)));
        return new IssuedTokens(accessToken, client.accessTokenLifetime(), scope, null, null);
    }
}
