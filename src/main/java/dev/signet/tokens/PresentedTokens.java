package dev.signet.tokens;

import dev.signet.clients.ClaimMapping;
import dev.signet.clients.Client;
import dev.signet.clients.Clients;
import dev.signet.clients.Subjects;
import dev.signet.crypto.Digest;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.keys.SigningKeys;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.site.Issuer;
import dev.signet.users.User;
import dev.signet.users.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Reads tokens that are shown back to us: at introspection (RFC 7662) and at the UserInfo endpoint. The signature or MAC
 * is verified before anything is looked up. Authorization codes, ID tokens and session cookies are none of the tokens
 * accepted here, whatever their signature.
 */
@Service
public class PresentedTokens {

    private final AuthorizationStore store;
    private final StatusListStore statusStore;
    private final StatusLists statusLists;
    private final OpaqueTokens opaque;
    private final SigningKeys keys;
    private final Handles handles;
    private final Users users;
    private final Resources resources;
    private final MappedClaims mappedClaims;
    private final Clients clients;
    private final Subjects subjects;
    private final Issuer issuer;
    private final Clock clock;

    PresentedTokens(
            AuthorizationStore store,
            StatusListStore statusStore,
            StatusLists statusLists,
            OpaqueTokens opaque,
            SigningKeys keys,
            Handles handles,
            Users users,
            Resources resources,
            MappedClaims mappedClaims,
            Clients clients,
            Subjects subjects,
            Issuer issuer,
            Clock clock) {
        this.store = store;
        this.statusStore = statusStore;
        this.statusLists = statusLists;
        this.opaque = opaque;
        this.keys = keys;
        this.handles = handles;
        this.users = users;
        this.resources = resources;
        this.mappedClaims = mappedClaims;
        this.clients = clients;
        this.subjects = subjects;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * What introspection may say to a client about a token: empty if the token is not active, or neither the client's
     * own nor meant for it.
     */
    public Optional<Map<String, Object>> introspect(Client caller, String token) {
        Optional<Handle> refreshToken = handles.parse(HandleKind.REFRESH_TOKEN, token);
        if (refreshToken.isPresent()) {
            return introspectRefreshToken(caller, refreshToken.get());
        }
        return accessToken(token)
                .filter(claims -> concerns(caller, claims))
                .filter(this::stands)
                .map(this::introspection);
    }

    /**
     * The claims about the person an access token stands for (OpenID Connect Core section 5.3.2).
     *
     * @throws Refused if the token is not valid or lacks the scope {@code openid}
     */
    public UserInfo userInfo(String token) {
        AccessTokenClaims claims = read(token).orElseThrow(() -> new Refused(Reason.ACCESS_TOKEN_INVALID));
        if (expired(claims)) {
            throw new Refused(Reason.ACCESS_TOKEN_EXPIRED);
        }
        if (!claims.scope().contains("openid")) {
            throw new Refused(Reason.ACCESS_TOKEN_SCOPE);
        }
        Authorization authorization = standing(claims).orElseThrow(() -> new Refused(Reason.ACCESS_TOKEN_REVOKED));
        Client client = clients.byClientId(authorization.clientId())
                .orElseThrow(() -> new Refused(Reason.ACCESS_TOKEN_REVOKED, "its client is disabled"));
        User user = users.byId(authorization.userId())
                .filter(found -> found.disabledAt() == null)
                .orElseThrow(() -> new Refused(Reason.ACCOUNT_DISABLED));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("sub", subjects.of(client, user.id()));
        answer.putAll(PersonClaims.of(user, claims.scope(), authorization.userInfoClaims()));
        mappedClaims.add(user, client, claims.scope(), ClaimMapping.Place.USERINFO, answer);
        return new UserInfo(client, answer);
    }

    private Optional<Authorization> standing(AccessTokenClaims claims) {
        Optional<UUID> id = Optional.ofNullable(claims.authorization());
        AccessTokenClaims.Opaque opaque = claims.opaque();
        if (opaque == null) {
            return statusLists.indexOf(claims.all()).flatMap(status -> id.flatMap(row -> store.standing(row, status)));
        }
        return opaque.revoked()
                ? Optional.empty()
                : id.flatMap(store::byId).filter(found -> !found.family().revoked());
    }

    private Optional<Map<String, Object>> introspectRefreshToken(Client caller, Handle token) {
        Instant now = Instant.now(clock);
        return store.byId(token.id())
                .filter(row -> row.clientId().equals(caller.clientId()))
                .filter(row -> !row.family().revoked() && !row.family().expired(now))
                .filter(row -> row.family().generation() == token.generation())
                .filter(row -> row.family().digest() != null
                        && Digest.equal(row.family().digest(), token.digest()))
                .map(row -> {
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put("active", true);
                    answer.put("client_id", row.clientId());
                    answer.put("scope", String.join(" ", row.scope()));
                    answer.put("sub", subjects.of(caller, row.userId()));
                    answer.put("iss", issuer.value());
                    answer.put("exp", end(row).getEpochSecond());
                    return answer;
                });
    }

    private static Instant end(Authorization row) {
        Instant idle = row.family().idleExpiresAt();
        Instant absolute = row.family().absoluteExpiresAt();
        return idle != null && idle.isBefore(absolute) ? idle : absolute;
    }

    /** The claims of an access token of ours that has not expired. */
    Optional<AccessTokenClaims> accessToken(String token) {
        return read(token).filter(claims -> !expired(claims));
    }

    private Optional<AccessTokenClaims> read(String token) {
        Optional<Handle> handle = opaque.parse(token);
        return handle.isPresent()
                ? opaque.read(handle.get())
                : keys.verify(token).flatMap(jwt -> AccessTokenClaims.of(jwt, issuer));
    }

    private boolean expired(AccessTokenClaims claims) {
        return !Instant.now(clock).isBefore(claims.expiresAt());
    }

    /** The token is the caller's own, or for an API that asks as this caller: nobody else learns anything of it. */
    private boolean concerns(Client caller, AccessTokenClaims claims) {
        return claims.clientId().equals(caller.clientId())
                || claims.audience().contains(caller.clientId())
                || resources.asksFor(caller, claims.audience());
    }

    private boolean stands(AccessTokenClaims claims) {
        if (claims.opaque() != null) {
            return !claims.opaque().revoked();
        }
        Optional<StatusIndex> status = statusLists.indexOf(claims.all());
        if (status.isEmpty()) {
            return false;
        }
        if (claims.ofMachine()) {
            return !statusStore.revoked(status.get());
        }
        return claims.authorization() != null && store.tokenStands(claims.authorization(), status.get());
    }

    /** What a JWT says anyway; of an opaque token also the claims that a JWT would have been given. */
    private Map<String, Object> introspection(AccessTokenClaims claims) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("active", true);
        answer.put("token_type", "Bearer");
        answer.putAll(claims.all());
        if (claims.opaque() != null && claims.opaque().userId() != null) {
            users.byId(claims.opaque().userId())
                    .ifPresent(user -> clients.byClientId(claims.clientId())
                            .ifPresent(client -> mappedClaims.add(
                                    user, client, claims.scope(), ClaimMapping.Place.ACCESS_TOKEN, answer)));
        }
        return answer;
    }
}
