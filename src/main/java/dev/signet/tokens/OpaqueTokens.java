package dev.signet.tokens;

import dev.signet.clients.Client;
import dev.signet.clients.Clients;
import dev.signet.clients.Subjects;
import dev.signet.crypto.Digest;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.site.Issuer;
import dev.signet.tokens.OpaqueTokenStore.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Access tokens that say nothing to who carries them: handles, of which a row keeps digest and meaning. An API asks what
 * one stands for (RFC 7662), and a revocation holds from the next question on.
 */
@Service
class OpaqueTokens {

    private final OpaqueTokenStore store;
    private final Handles handles;
    private final Ids ids;
    private final Clients clients;
    private final Subjects subjects;
    private final Issuer issuer;

    OpaqueTokens(OpaqueTokenStore store, Handles handles, Ids ids, Clients clients, Subjects subjects, Issuer issuer) {
        this.store = store;
        this.handles = handles;
        this.ids = ids;
        this.clients = clients;
        this.subjects = subjects;
        this.issuer = issuer;
    }

    /** A new token, which means nothing until it is kept. */
    Handle mint() {
        return handles.mint(HandleKind.ACCESS_TOKEN, ids.next());
    }

    /** @param authorization whose family it ends with; null for a token of the client itself */
    void keep(
            Handle token,
            Client client,
            @Nullable Authorization authorization,
            Target target,
            Set<String> scope,
            Instant now) {
        store.insert(
                token.id(),
                token.digest(),
                client.clientId(),
                authorization == null ? null : authorization.id(),
                String.join(" ", scope),
                target.audience(),
                now,
                now.plus(target.form().lifetime()));
    }

    /** The token as it came, if it has the form of ours. */
    Optional<Handle> parse(String token) {
        return handles.parse(HandleKind.ACCESS_TOKEN, token);
    }

    /** What a token stands for, expired and revoked ones included; empty if there is none, or its client is disabled. */
    Optional<AccessTokenClaims> read(Handle token) {
        return store.byId(token.id())
                .filter(row -> Digest.equal(row.digest(), token.digest()))
                .flatMap(row -> clients.byClientId(row.clientId()).map(client -> claims(row, client)));
    }

    void revoke(AccessTokenClaims.Opaque token, Instant now) {
        store.revoke(token.id(), now);
    }

    void revokeOfMachine(String clientId, Instant now) {
        store.revokeOfMachine(clientId, now);
    }

    /** The same claims a JWT would have (RFC 7662 section 2.2). */
    private AccessTokenClaims claims(Row row, Client client) {
        String subject = row.userId() == null ? row.clientId() : subjects.of(client, row.userId());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", issuer.value());
        all.put("sub", subject);
        all.put("aud", row.audience().size() == 1 ? row.audience().getFirst() : row.audience());
        all.put("exp", row.expiresAt().getEpochSecond());
        all.put("iat", row.issuedAt().getEpochSecond());
        all.put("jti", row.id().toString());
        all.put("client_id", row.clientId());
        if (!row.scope().isEmpty()) {
            all.put("scope", row.scope());
        }
        if (row.authTime() != null) {
            all.put("auth_time", row.authTime().getEpochSecond());
            all.put("acr", String.valueOf(row.acr()));
            all.put("amr", row.amr());
        }
        Set<String> scope = row.scope().isEmpty()
                ? Set.of()
                : new LinkedHashSet<>(Arrays.asList(row.scope().split(" ")));
        return new AccessTokenClaims(
                row.id().toString(),
                row.clientId(),
                subject,
                scope,
                List.copyOf(row.audience()),
                row.expiresAt(),
                all,
                row.authorizationId(),
                new AccessTokenClaims.Opaque(row.id(), row.userId(), row.revoked()));
    }
}
