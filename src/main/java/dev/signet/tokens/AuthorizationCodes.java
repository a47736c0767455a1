package dev.signet.tokens;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.Client;
import dev.signet.crypto.Digest;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.SsoSessions;
import dev.signet.users.User;
import dev.signet.users.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Authorization codes (RFC 6749 section 4.1): issued for what a person agreed to, redeemed once, and only by the client,
 * with the redirect URI and with the code verifier (RFC 7636) they were asked for with.
 *
 * <p>A refused redemption changes nothing, so that whoever saw a code in passing cannot burn it. A second redemption by
 * the right client ends the tokens of the first (section 10.5): one of the two was a thief.
 */
@Service
public class AuthorizationCodes {

    private static final String OPENID = "openid";

    private final AuthorizationStore store;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final Revocations revocations;
    private final SsoSessions sessions;
    private final Users users;
    private final Resources resources;
    private final Handles handles;
    private final Ids ids;
    private final AuditTrail audit;
    private final TokensProperties properties;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AuthorizationCodes(
            AuthorizationStore store,
            AccessTokens accessTokens,
            IdTokens idTokens,
            Revocations revocations,
            SsoSessions sessions,
            Users users,
            Resources resources,
            Handles handles,
            Ids ids,
            AuditTrail audit,
            TokensProperties properties,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.revocations = revocations;
        this.sessions = sessions;
        this.users = users;
        this.resources = resources;
        this.handles = handles;
        this.ids = ids;
        this.audit = audit;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Issues a code. Runs in the caller's transaction, which also spends the sign-in flow it came from.
     *
     * @return empty if the session has ended meanwhile
     */
    public Optional<String> issue(CodeRequest request) {
        if (!sessions.joined(request.session(), request.client().clientId())) {
            return Optional.empty();
        }
        Instant now = Instant.now(clock);
        UUID id = ids.next();
        Handle code = handles.mint(HandleKind.AUTHORIZATION_CODE, id);
        Instant expires = now.plus(properties.codeLifetime());
        Client client = request.client();
        // The end of the family is set here already: redeeming then changes no indexed column, a heap-only update.
        Instant end = client.allowsGrant("refresh_token") ? now.plus(client.refreshAbsoluteLifetime()) : expires;
        boolean offline = request.scope().contains("offline_access") && client.allowsGrant("refresh_token");
        store.insert(
                new Authorization(
                        id,
                        client.clientId(),
                        request.session().userId(),
                        request.session().id(),
                        sessions.sidFor(request.session().id(), client.clientId()),
                        request.scope(),
                        request.audience(),
                        offline,
                        request.nonce(),
                        request.idTokenClaims(),
                        request.userInfoClaims(),
                        request.session().passwordAt(),
                        request.acr(),
                        request.amr(),
                        new Authorization.Code(
                                code.digest(), request.codeChallenge(), request.redirectUri(), expires, null),
                        new Authorization.Family(0, null, null, null, null, end, null, List.of(), null)),
                now);
        audit.record(AuditEvent.of(AuditKind.CODE_ISSUED)
                .user(request.session().userId())
                .client(client.clientId())
                .session(request.session().id())
                .authorization(id)
                .detail("scope", String.join(" ", request.scope())));
        return Optional.of(code.value().reveal());
    }

    /**
     * Redeems a code (RFC 6749 section 4.1.3).
     *
     * @param requested the values of {@code resource}, each of which must have been granted (RFC 8707 section 2.2)
     * @throws Refused with the reason, the code unspent unless it was a replay
     */
    public IssuedTokens redeem(
            Client client,
            String presented,
            @Nullable String redirectUri,
            @Nullable String codeVerifier,
            List<String> requested) {
        Handle code = handles.parse(HandleKind.AUTHORIZATION_CODE, presented)
                .orElseThrow(() -> new Refused(Reason.CODE_UNKNOWN));
        Authorization authorization =
                store.byId(code.id()).orElseThrow(() -> new Refused(Reason.CODE_UNKNOWN, "no such row"));
        Instant now = Instant.now(clock);
        check(authorization, code, client, redirectUri, codeVerifier, now);
        Target target = resources.target(client, authorization.audience(), requested);
        Set<String> scope = resources.narrow(authorization.scope(), requested);
        User user = users.byId(authorization.userId())
                .filter(found -> found.disabledAt() == null)
                .orElseThrow(() -> new Refused(Reason.ACCOUNT_DISABLED));
        Handle refresh = client.allowsGrant("refresh_token")
                ? handles.mint(HandleKind.REFRESH_TOKEN, authorization.id(), 1)
                : null;
        Draft draft = accessTokens.draft(target.form(), now);
        boolean won = Objects.requireNonNull(
                transaction.execute(status -> spend(authorization, client, target, scope, refresh, draft, now)));
        if (!won) {
            throw replayed(authorization, client);
        }
        String accessToken = accessTokens.forPerson(authorization, client, user, target, scope, draft, now);
        String idToken = authorization.scope().contains(OPENID)
                ? idTokens.issue(authorization, client, user, scope, accessToken, true, now)
                : null;
        return new IssuedTokens(
                accessToken,
                target.form().lifetime(),
                scope,
                refresh == null ? null : refresh.value().reveal(),
                idToken);
    }

    private void check(
            Authorization authorization,
            Handle code,
            Client client,
            @Nullable String redirectUri,
            @Nullable String codeVerifier,
            Instant now) {
        if (!Digest.equal(code.digest(), authorization.code().digest())) {
            throw new Refused(Reason.CODE_UNKNOWN, "the row has another code");
        }
        if (!authorization.clientId().equals(client.clientId())) {
            throw new Refused(Reason.CODE_OF_OTHER_CLIENT, "issued to " + authorization.clientId());
        }
        if (authorization.code().redeemedAt() != null) {
            throw replayed(authorization, client);
        }
        if (authorization.family().revoked()) {
            throw new Refused(Reason.CODE_REVOKED);
        }
        if (!now.isBefore(authorization.code().expiresAt())) {
            throw new Refused(Reason.CODE_EXPIRED);
        }
        if (!Objects.equals(redirectUri, authorization.code().redirectUri())) {
            throw new Refused(Reason.REDIRECT_URI_DIFFERS, "the request used another one");
        }
        checkVerifier(authorization.code().challenge(), codeVerifier);
    }

    /** RFC 7636 section 4.6; a verifier without a challenge would hide that the challenge was stripped (RFC 9700). */
    private static void checkVerifier(@Nullable String challenge, @Nullable String verifier) {
        if (challenge == null) {
            if (verifier != null) {
                throw new Refused(Reason.CODE_VERIFIER_UNEXPECTED);
            }
            return;
        }
        if (verifier == null) {
            throw new Refused(Reason.CODE_VERIFIER_MISSING);
        }
        String computed = Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.sha256(verifier));
        if (!computed.equals(challenge)) {
            throw new Refused(Reason.CODE_VERIFIER_WRONG);
        }
    }

    private boolean spend(
            Authorization authorization,
            Client client,
            Target target,
            Set<String> scope,
            @Nullable Handle refresh,
            Draft draft,
            Instant now) {
        boolean won = store.redeem(
                authorization.id(),
                now,
                refresh == null ? null : refresh.digest(),
                refresh == null ? null : now.plus(client.refreshIdleLifetime()),
                draft.index());
        if (won) {
            accessTokens.keep(draft, client, authorization, target, scope, now);
            audit.record(AuditEvent.of(AuditKind.TOKEN_ISSUED)
                    .grant("authorization_code")
                    .user(authorization.userId())
                    .client(client.clientId())
                    .session(authorization.sessionId())
                    .authorization(authorization.id()));
        }
        return won;
    }

    /** The revocation commits before the refusal is thrown: a rollback would undo it. */
    private Refused replayed(Authorization authorization, Client client) {
        transaction.executeWithoutResult(status -> {
            revocations.end(authorization.id(), Reason.CODE_REPLAYED.name());
            audit.record(AuditEvent.of(AuditKind.CODE_REPLAYED)
                    .user(authorization.userId())
                    .client(client.clientId())
                    .session(authorization.sessionId())
                    .authorization(authorization.id()));
        });
        return new Refused(Reason.CODE_REPLAYED);
    }
}
