package dev.signet.tokens;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.audit.RequestTrace;
import dev.signet.clients.Client;
import dev.signet.crypto.Digest;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.KeyedHash;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.users.User;
import dev.signet.users.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Exchanges a refresh token for new tokens and spends the old one (RFC 6749 section 6), for every client, public ones
 * included.
 *
 * <p>The successor is computed from the token presented, so that a repeat within the client's window of the first use
 * gets the same successor again: a lost response or a second tab signs nobody out. Any later replay, and a replay of any
 * older generation, ends the whole family (RFC 9700 section 4.14.2): the token was stolen, from the person or by them.
 * The generation stands under the handle's MAC, so a thief cannot choose it, and garbage cannot end a family.
 */
@Service
public class RefreshTokens {

    private final AuthorizationStore store;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final Revocations revocations;
    private final Users users;
    private final Handles handles;
    private final KeyedHash keyedHash;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RefreshTokens(
            AuthorizationStore store,
            AccessTokens accessTokens,
            IdTokens idTokens,
            Revocations revocations,
            Users users,
            Handles handles,
            KeyedHash keyedHash,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.revocations = revocations;
        this.users = users;
        this.handles = handles;
        this.keyedHash = keyedHash;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Refreshes.
     *
     * @param narrower the scopes asked for, which may be fewer than granted; {@code null} for all of them
     * @throws Refused with the reason; nothing is spent then
     */
    public IssuedTokens refresh(Client client, String presented, @Nullable Set<String> narrower) {
        Handle token = handles.parse(HandleKind.REFRESH_TOKEN, presented)
                .orElseThrow(() -> new Refused(Reason.REFRESH_TOKEN_UNKNOWN));
        Handle successor = handles.successor(token);
        Instant now = Instant.now(clock);
        Optional<Refreshed> rotated = transaction.execute(status -> rotate(client, token, successor, narrower, now));
        Refreshed refreshed =
                rotated != null && rotated.isPresent() ? rotated.get() : repeat(client, token, narrower, now);
        return issue(client, refreshed, now);
    }

    private record Refreshed(
            Authorization authorization, User user, Handle token, Set<String> scope, StatusIndex status) {}

    /** The usual case, one UPDATE. A refusal thrown in here rolls it back: the token stays unspent. */
    private Optional<Refreshed> rotate(
            Client client, Handle token, Handle successor, @Nullable Set<String> narrower, Instant now) {
        StatusIndex status = accessTokens.statusIndex(client, now);
        return store.rotate(
                        token.id(),
                        client.clientId(),
                        token.generation(),
                        token.digest(),
                        successor.digest(),
                        now,
                        now.plus(client.refreshIdleLifetime()),
                        whoAsks(),
                        status)
                .map(family -> {
                    Refreshed refreshed = checked(family, successor, narrower, status);
                    audit.record(event(AuditKind.TOKEN_REFRESHED, family)
                            .grant("refresh_token")
                            .detail("generation", Integer.toString(successor.generation())));
                    return refreshed;
                });
    }

    /** The token is not the live one: a repeat within the window, a theft, or something refused without harm. */
    private Refreshed repeat(Client client, Handle token, @Nullable Set<String> narrower, Instant now) {
        Authorization authorization = store.byId(token.id())
                .orElseThrow(() -> new Refused(Reason.REFRESH_TOKEN_UNKNOWN, "its family is gone"));
        if (!authorization.clientId().equals(client.clientId())) {
            throw new Refused(Reason.REFRESH_TOKEN_OF_OTHER_CLIENT, "issued to " + authorization.clientId());
        }
        Authorization.Family family = authorization.family();
        if (family.revoked()) {
            throw new Refused(Reason.REFRESH_TOKEN_REVOKED);
        }
        if (token.generation() > family.generation()) {
            // The database went back in time. Nobody stole anything, so no alarm and no revocation.
            throw new Refused(Reason.REFRESH_TOKEN_AHEAD, "the row is at generation " + family.generation());
        }
        if (token.generation() == family.generation() && same(token, family.digest())) {
            throw new Refused(Reason.REFRESH_TOKEN_EXPIRED);
        }
        if (token.generation() == family.generation() - 1
                && same(token, family.previousDigest())
                && withinWindow(client, family, now)
                && !family.expired(now)) {
            Optional<Handle> successor = handles.successors(token).stream()
                    .filter(candidate -> same(candidate, family.digest()))
                    .findFirst();
            if (successor.isPresent()) {
                // The same index as the answer that was lost: the row holds it, so a revocation reaches this token too.
                StatusIndex status = StatusIndex.unpack(family.statusIndexes().getLast());
                Refreshed refreshed = checked(authorization, successor.get(), narrower, status);
                // From another place or device it may be a thief who rides along inside the window.
                boolean sameDevice = family.usedBy() == null || Digest.equal(family.usedBy(), whoAsks());
                audit.record(event(
                                sameDevice ? AuditKind.REFRESH_REPEATED : AuditKind.REFRESH_REPEATED_ELSEWHERE,
                                authorization)
                        .grant("refresh_token"));
                return refreshed;
            }
        }
        throw reused(authorization, token);
    }

    /** Address and device of the request, so that a repeat from elsewhere can be told without keeping either. */
    private byte[] whoAsks() {
        RequestTrace trace = RequestTrace.current();
        return Arrays.copyOf(keyedHash.of("refresh device", trace.address() + " " + trace.device()), 8);
    }

    private static boolean withinWindow(Client client, Authorization.Family family, Instant now) {
        Instant firstUse = family.previousUsedAt();
        return firstUse != null && now.isBefore(firstUse.plus(client.refreshRepeatWindow()));
    }

    private static boolean same(Handle token, byte @Nullable [] digest) {
        return digest != null && Digest.equal(token.digest(), digest);
    }

    /** The revocation commits before the refusal is thrown. */
    private Refused reused(Authorization authorization, Handle token) {
        transaction.executeWithoutResult(status -> {
            if (revocations.end(authorization.id(), Reason.REFRESH_TOKEN_REUSED.name())) {
                audit.record(event(AuditKind.REFRESH_REUSED, authorization)
                        .grant("refresh_token")
                        .detail("generation", Integer.toString(token.generation()))
                        .detail(
                                "live_generation",
                                Integer.toString(authorization.family().generation())));
            }
        });
        return new Refused(Reason.REFRESH_TOKEN_REUSED);
    }

    private Refreshed checked(
            Authorization authorization, Handle successor, @Nullable Set<String> narrower, StatusIndex status) {
        Set<String> scope = narrower == null ? authorization.scope() : narrower;
        if (!authorization.scope().containsAll(scope)) {
            throw new Refused(Reason.SCOPE_WIDENED, "granted: " + String.join(" ", authorization.scope()));
        }
        UUID userId = authorization.userId();
        User user = users.byId(userId)
                .filter(found -> found.disabledAt() == null)
                .orElseThrow(() -> new Refused(Reason.ACCOUNT_DISABLED));
        return new Refreshed(authorization, user, successor, scope, status);
    }

    private IssuedTokens issue(Client client, Refreshed refreshed, Instant now) {
        Authorization authorization = refreshed.authorization();
        String accessToken = accessTokens.forPerson(authorization, client, refreshed.scope(), refreshed.status(), now);
        String idToken = refreshed.scope().contains("openid")
                ? idTokens.issue(authorization, client, refreshed.user(), accessToken, false, now)
                : null;
        return new IssuedTokens(
                accessToken,
                client.accessTokenLifetime(),
                refreshed.scope(),
                refreshed.token().value().reveal(),
                idToken);
    }

    private static AuditEvent event(AuditKind kind, Authorization authorization) {
        return AuditEvent.of(kind)
                .user(authorization.userId())
                .client(authorization.clientId())
                .session(authorization.sessionId())
                .authorization(authorization.id());
    }
}
