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
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Access tokens for clients that act for themselves (client credentials, RFC 6749 section 4.4). No row is kept of JWTs;
 * the audit event is durable before the token leaves.
 */
@Service
public class MachineTokens {

    private final AccessTokens accessTokens;
    private final Resources resources;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MachineTokens(
            AccessTokens accessTokens,
            Resources resources,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.accessTokens = accessTokens;
        this.resources = resources;
        this.audit = audit;
        this.transaction = transaction;
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
        Instant now = Instant.now(clock);
        Draft draft = accessTokens.draftOfMachine(client, target.form(), now);
        AuditEvent issued = AuditEvent.of(AuditKind.TOKEN_ISSUED)
                .grant("client_credentials")
                .client(client.clientId())
                .detail("scope", String.join(" ", scope));
        if (draft.handle() == null) {
            audit.record(issued);
        } else {
            transaction.executeWithoutResult(status -> {
                accessTokens.keep(draft, client, null, target, scope, now);
                audit.record(issued);
            });
        }
        String accessToken = accessTokens.forMachine(client, target, scope, draft, now);
        return new IssuedTokens(accessToken, target.form().lifetime(), scope, null, null);
    }
}
