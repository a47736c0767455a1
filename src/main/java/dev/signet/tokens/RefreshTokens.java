package dev.signet.tokens;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.audit.RequestTrace;
import dev.signet.clients.Client;
import dev.signet.clients.TokenFormat;
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
import java.util.LinkedHashSet;
import java.util.List;
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

    private static final String DEVICE = "refresh device";

    private final AuthorizationStore store;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final Revocations revocations;
    private final Users users;
    private final Resources resources;
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
            Resources resources,
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
        this.resources = resources;
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
     * @param requested the values of {@code resource}, which may be fewer than granted (RFC 8707 section 2.2)
     * @throws Refused with the reason; nothing is spent then
     */
    public IssuedTokens refresh(
            Client client, String presented, @Nullable Set<String> narrower, List<String> requested) {
        Handle token = handles.parse(HandleKind.REFRESH_TOKEN, presented)
                .orElseThrow(() -> new Refused(Reason.REFRESH_TOKEN_UNKNOWN));
        Handle successor = handles.successor(token);
        Instant now = Instant.now(clock);
        Wish wish = new Wish(narrower, requested, form(client, token, requested));
        // Before the transaction: a refusal rolls it back, and a block leased in it would be leased again by others.
        Draft draft = accessTokens.draft(wish.form(), now);
        Optional<Refreshed> rotated = transaction.execute(status -> rotate(client, token, successor, wish, draft, now));
        Refreshed refreshed = rotated != null && rotated.isPresent() ? rotated.get() : repeat(client, token, wish, now);
        return issue(client, refreshed, now);
    }

    /**
     * What a request asks for.
     *
     * @param form how its access token will be made
     */
    private record Wish(@Nullable Set<String> narrower, List<String> resources, TokenForm form) {}

    private record Refreshed(
            Authorization authorization, User user, Handle token, Target target, Set<String> scope, Draft draft) {}

    /**
     * The new token's place in a status list is needed before the family's row is read, and depends on the API it is
     * for: where it makes a difference the row is asked first.
     */
    private TokenForm form(Client client, Handle token, List<String> requested) {
        if (resources.makesAllAlike(client)) {
            return resources.ownForm(client);
        }
        List<String> granted = store.audience(token.id())
                .orElseThrow(() -> new Refused(Reason.REFRESH_TOKEN_UNKNOWN, "its family is gone"));
        return resources.target(client, granted, requested).form();
    }

    /** The usual case, one UPDATE. A refusal thrown in here rolls it back: the token stays unspent. */
    private Optional<Refreshed> rotate(
            Client client, Handle token, Handle successor, Wish wish, Draft draft, Instant now) {
        return store.rotate(
                        token.id(),
                        client.clientId(),
                        token.generation(),
                        token.digest(),
                        successor.digest(),
                        now,
                        now.plus(client.refreshIdleLifetime()),
                        whoAsks(),
                        draft.index())
                .map(family -> {
                    Refreshed refreshed = checked(client, family, successor, wish, draft);
                    accessTokens.keep(draft, client, family, refreshed.target(), refreshed.scope(), now);
                    revocations.endSurplus(family);
                    audit.record(event(AuditKind.TOKEN_REFRESHED, family)
                            .grant("refresh_token")
                            .detail("generation", Integer.toString(successor.generation())));
                    return refreshed;
                });
    }

    /** The token is not the live one: a repeat within the window, a theft, or something refused without harm. */
    private Refreshed repeat(Client client, Handle token, Wish wish, Instant now) {
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
                Draft draft = draftOfRepeat(client, authorization, wish, now);
                Refreshed refreshed = checked(client, authorization, successor.get(), wish, draft);
                accessTokens.keep(draft, client, authorization, refreshed.target(), refreshed.scope(), now);
                // From another place or device it may be a thief who rides along inside the window.
                boolean sameDevice =
                        family.usedBy() == null || keyedHash.matches(DEVICE, addressAndDevice(), family.usedBy());
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
        return Arrays.copyOf(keyedHash.of(DEVICE, addressAndDevice()), 8);
    }

    private static String addressAndDevice() {
        RequestTrace trace = RequestTrace.current();
        return trace.address() + " " + trace.device();
    }

    /**
     * The same index as the answer that was lost: the row holds it, so a revocation reaches this token too. Only where the
     * repeat may be for another API, whose tokens are made otherwise, it takes one more.
     */
    private Draft draftOfRepeat(Client client, Authorization authorization, Wish wish, Instant now) {
        List<Long> indexes = authorization.family().statusIndexes();
        boolean jwt = wish.form().format() == TokenFormat.JWT;
        if (jwt && resources.makesAllAlike(client) && !indexes.isEmpty()) {
            return new Draft(wish.form(), StatusIndex.unpack(indexes.getLast()), null);
        }
        Draft draft = accessTokens.draft(wish.form(), now);
        if (draft.index() != null && !store.addStatusIndex(authorization.id(), draft.index())) {
            throw new Refused(Reason.REFRESH_TOKEN_REVOKED);
        }
        return draft;
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

    private Refreshed checked(Client client, Authorization authorization, Handle successor, Wish wish, Draft draft) {
        // What the client may not ask for any more it does not get by an old grant either.
        Set<String> granted = new LinkedHashSet<>(authorization.scope());
        granted.retainAll(client.scopes());
        if (granted.isEmpty()) {
            throw new Refused(Reason.SCOPE_NOT_ALLOWED, "granted: " + String.join(" ", authorization.scope()));
        }
        Set<String> scope = wish.narrower() == null ? granted : wish.narrower();
        if (!granted.containsAll(scope)) {
            throw new Refused(Reason.SCOPE_WIDENED, "granted: " + String.join(" ", granted));
        }
        Target target = resources.target(client, authorization.audience(), wish.resources());
        if (!target.form().equals(wish.form())) {
            throw new Refused(Reason.UNAVAILABLE, "the API was changed in this very moment");
        }
        UUID userId = authorization.userId();
        User user = users.byId(userId)
                .filter(found -> found.disabledAt() == null)
                .orElseThrow(() -> new Refused(Reason.ACCOUNT_DISABLED));
        return new Refreshed(authorization, user, successor, target, resources.narrow(scope, wish.resources()), draft);
    }

    private IssuedTokens issue(Client client, Refreshed refreshed, Instant now) {
        Authorization authorization = refreshed.authorization();
        String accessToken = accessTokens.forPerson(
                authorization, client, refreshed.user(), refreshed.target(), refreshed.scope(), refreshed.draft(), now);
        String idToken = refreshed.scope().contains("openid")
                ? idTokens.issue(authorization, client, refreshed.user(), refreshed.scope(), accessToken, false, now)
                : null;
        return new IssuedTokens(
                accessToken,
                refreshed.target().form().lifetime(),
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
