package dev.signet.tokens;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.Client;
import dev.signet.clients.ClientDisabled;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.SessionEnded;
import dev.signet.tokens.AuthorizationStore.Ended;
import dev.signet.users.UserDisabled;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends tokens before their time: one at its client's wish (RFC 7009), all of a session with the session, all of a person
 * with the account.
 */
@Service
public class Revocations {

    /**
     * Access tokens of one family that may live at once. At the usual lifetime of 15 minutes an app that refreshes in time
     * has eight in two hours, the longest its row names them.
     */
    static final int MOST_LIVE_TOKENS = 32;

    private final AuthorizationStore store;
    private final StatusListStore statusStore;
    private final StatusIndexes statusIndexes;
    private final StatusLists statusLists;
    private final OpaqueTokens opaque;
    private final PresentedTokens presented;
    private final Handles handles;
    private final AuditTrail audit;
    private final Clock clock;

    Revocations(
            AuthorizationStore store,
            StatusListStore statusStore,
            StatusIndexes statusIndexes,
            StatusLists statusLists,
            OpaqueTokens opaque,
            PresentedTokens presented,
            Handles handles,
            AuditTrail audit,
            Clock clock) {
        this.store = store;
        this.statusStore = statusStore;
        this.statusIndexes = statusIndexes;
        this.statusLists = statusLists;
        this.opaque = opaque;
        this.presented = presented;
        this.handles = handles;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Ends the token a client presents: with a refresh token its whole family, with an access token that token alone. A
     * token that is unknown or ended already is none of anybody's problem (RFC 7009 section 2.2).
     *
     * @throws Refused if the token is another client's
     */
    @Transactional
    public void revoke(Client client, String token) {
        Optional<Handle> refreshToken = handles.parse(HandleKind.REFRESH_TOKEN, token);
        if (refreshToken.isPresent()) {
            revokeFamily(client, refreshToken.get());
        } else {
            presented.accessToken(token).ifPresent(claims -> revokeAccessToken(client, claims));
        }
    }

    /** Ends a family with all its tokens, in the caller's transaction; {@code false} if it had ended already. */
    boolean end(UUID authorizationId, String reason) {
        return !told(store.revoke(authorizationId, reason, Instant.now(clock)).stream()
                        .toList())
                .isEmpty();
    }

    /**
     * Ends the oldest access tokens of a family that holds very many, in the caller's transaction. Its row names each
     * token that may still live, so that all end together; a client that refreshes without pause would make the row, and
     * with it each refresh, ever dearer.
     */
    void endSurplus(Authorization authorization) {
        List<Long> live = authorization.family().statusIndexes();
        if (live.size() <= MOST_LIVE_TOKENS) {
            return;
        }
        int surplus = live.size() - MOST_LIVE_TOKENS / 2;
        List<Long> oldest = live.subList(0, surplus);
        statusStore.endSome(authorization.id(), live.subList(surplus, live.size()), oldest, Instant.now(clock));
        Set<Long> lists = new LinkedHashSet<>();
        oldest.forEach(packed -> lists.add(StatusIndex.unpack(packed).listId()));
        statusLists.publish(lists);
    }

    /** Tells the nodes, and through them the APIs, which status lists have changed. */
    private List<UUID> told(List<Ended> ended) {
        Set<Long> lists = new LinkedHashSet<>();
        ended.forEach(family -> lists.addAll(family.lists()));
        statusLists.publish(lists);
        return ended.stream().map(Ended::id).toList();
    }

    private void revokeFamily(Client client, Handle token) {
        store.byId(token.id()).ifPresent(authorization -> {
            requireOwn(client, authorization.clientId());
            if (end(authorization.id(), "REVOKED_BY_CLIENT")) {
                audit.record(AuditEvent.of(AuditKind.TOKEN_REVOKED)
                        .user(authorization.userId())
                        .client(client.clientId())
                        .session(authorization.sessionId())
                        .authorization(authorization.id())
                        .detail("token", "refresh_token"));
            }
        });
    }

    private void revokeAccessToken(Client client, AccessTokenClaims claims) {
        requireOwn(client, claims.clientId());
        Instant now = Instant.now(clock);
        if (claims.opaque() != null) {
            opaque.revoke(claims.opaque(), now);
        }
        statusLists.indexOf(claims.all()).ifPresent(status -> {
            statusStore.revoke(status, now);
            statusLists.publish(Set.of(status.listId()));
        });
        audit.record(AuditEvent.of(AuditKind.TOKEN_REVOKED)
                .client(client.clientId())
                .authorization(claims.authorization())
                .detail("token", "access_token"));
    }

    private static void requireOwn(Client client, String owner) {
        if (!owner.equals(client.clientId())) {
            throw new Refused(Reason.TOKEN_OF_OTHER_CLIENT, "issued to " + owner);
        }
    }

    @EventListener
    void endAllOf(SessionEnded ended) {
        for (UUID id : told(store.revokeOfSession(ended.sessionId(), "SESSION_ENDED", Instant.now(clock)))) {
            audit.record(AuditEvent.of(AuditKind.TOKEN_REVOKED)
                    .session(ended.sessionId())
                    .authorization(id)
                    .reason("SESSION_ENDED"));
        }
    }

    @EventListener
    void endAllOf(ClientDisabled disabled) {
        Instant now = Instant.now(clock);
        for (UUID id : told(store.revokeOfClient(disabled.clientId(), "CLIENT_DISABLED", now))) {
            audit.record(AuditEvent.of(AuditKind.TOKEN_REVOKED)
                    .client(disabled.clientId())
                    .authorization(id)
                    .reason("CLIENT_DISABLED"));
        }
        statusLists.publish(statusIndexes.revokeMachineTokens(disabled.clientId(), now));
        opaque.revokeOfMachine(disabled.clientId(), now);
    }

    @EventListener
    void endAllOf(UserDisabled disabled) {
        for (UUID id : told(store.revokeOfUser(disabled.userId(), "USER_DISABLED", Instant.now(clock)))) {
            audit.record(AuditEvent.of(AuditKind.TOKEN_REVOKED)
                    .user(disabled.userId())
                    .authorization(id)
                    .reason("USER_DISABLED"));
        }
    }
}
