package dev.signet.tokens;

import dev.signet.clients.ClaimMapping;
import dev.signet.clients.Client;
import dev.signet.clients.Subjects;
import dev.signet.clients.TokenFormat;
import dev.signet.crypto.Ids;
import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import dev.signet.site.Issuer;
import dev.signet.users.User;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Makes access tokens: JWTs (RFC 9068), or opaque ones where an API or client wants these. The JWTs' {@code jti} begins
 * with the id of the authorization they come from, so that the token alone leads to its row.
 */
@Service
class AccessTokens {

    private static final int ID_BYTES = 16;
    private static final int RANDOM_BYTES = 8;

    private final SigningKeys keys;
    private final Issuer issuer;
    private final Ids ids;
    private final StatusIndexes statusIndexes;
    private final StatusLists statusLists;
    private final OpaqueTokens opaque;
    private final Subjects subjects;
    private final MappedClaims mappedClaims;
    private final TokenSize size;
    private final SecureRandom random = new SecureRandom();

    AccessTokens(
            SigningKeys keys,
            Issuer issuer,
            Ids ids,
            StatusIndexes statusIndexes,
            StatusLists statusLists,
            OpaqueTokens opaque,
            Subjects subjects,
            MappedClaims mappedClaims,
            TokenSize size) {
        this.keys = keys;
        this.issuer = issuer;
        this.ids = ids;
        this.statusIndexes = statusIndexes;
        this.statusLists = statusLists;
        this.opaque = opaque;
        this.subjects = subjects;
        this.mappedClaims = mappedClaims;
        this.size = size;
    }

    /** A token of a person: its index is kept in the family's row before the token leaves. */
    Draft draft(TokenForm form, Instant now) {
        return form.format() == TokenFormat.OPAQUE
                ? new Draft(form, null, opaque.mint())
                : new Draft(form, statusIndexes.next(kid(form), now.plus(form.lifetime()), null), null);
    }

    /** A token of a client that acts for itself. */
    Draft draftOfMachine(Client client, TokenForm form, Instant now) {
        return form.format() == TokenFormat.OPAQUE
                ? new Draft(form, null, opaque.mint())
                : new Draft(form, statusIndexes.next(kid(form), now.plus(form.lifetime()), client.clientId()), null);
    }

    /** Keeps what an opaque token stands for, in the caller's transaction; of a JWT nothing is kept. */
    void keep(
            Draft draft,
            Client client,
            @Nullable Authorization authorization,
            Target target,
            Set<String> scope,
            Instant now) {
        if (draft.handle() != null) {
            opaque.keep(draft.handle(), client, authorization, target, scope, now);
        }
    }

    /** For a person, under the authorization they gave; scope and audience may be narrower than it. */
    String forPerson(
            Authorization authorization,
            Client client,
            User user,
            Target target,
            Set<String> scope,
            Draft draft,
            Instant now) {
        if (draft.handle() != null) {
            return draft.handle().value().reveal();
        }
        String subject = subjects.of(client, authorization.userId());
        Map<String, Object> claims = claims(client, subject, target, scope, jti(authorization.id()), now);
        claims.put("auth_time", authorization.authTime().getEpochSecond());
        claims.put("acr", authorization.acr());
        claims.put("amr", authorization.amr());
        claims.put("status", statusLists.claim(Objects.requireNonNull(draft.index())));
        mappedClaims.add(user, client, scope, ClaimMapping.Place.ACCESS_TOKEN, claims);
        return sign(client, target.form(), claims);
    }

    /** For the client itself (RFC 6749 section 4.4): {@code sub} is the client (RFC 9068 section 2.2). */
    String forMachine(Client client, Target target, Set<String> scope, Draft draft, Instant now) {
        if (draft.handle() != null) {
            return draft.handle().value().reveal();
        }
        Map<String, Object> claims = claims(client, client.clientId(), target, scope, jti(ids.next()), now);
        claims.put("status", statusLists.claim(Objects.requireNonNull(draft.index())));
        return sign(client, target.form(), claims);
    }

    private String kid(TokenForm form) {
        return keys.activeKid(form.algorithm());
    }

    private String sign(Client client, TokenForm form, Map<String, Object> claims) {
        String token = keys.sign(form.algorithm(), form.typeHeader(), claims);
        size.note(client, token.length());
        return token;
    }

    private Map<String, Object> claims(
            Client client, String subject, Target target, Set<String> scope, String jti, Instant now) {
        List<String> audience = target.audience();
        long issuedAt = now.getEpochSecond();
        Map<String, Object> claims = LinkedHashMap.newLinkedHashMap(14);
        claims.put("iss", issuer.value());
        claims.put("sub", subject);
        claims.put("aud", audience.size() == 1 ? audience.getFirst() : audience);
        claims.put("exp", issuedAt + target.form().lifetime().toSeconds());
        claims.put("nbf", issuedAt);
        claims.put("iat", issuedAt);
        claims.put("jti", jti);
        claims.put("client_id", client.clientId());
        if (!scope.isEmpty()) {
            claims.put("scope", String.join(" ", scope));
        }
        return claims;
    }

    static SigningAlgorithm algorithm(String jwsName) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (algorithm.jwsName().equals(jwsName)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("not an algorithm we sign with: " + jwsName);
    }

    private String jti(UUID id) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.allocate(ID_BYTES + RANDOM_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /** The authorization a {@code jti} of ours names; empty for a value of another form. */
    static Optional<UUID> authorizationOf(String jti) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(jti);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (bytes.length != ID_BYTES + RANDOM_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
    }
}
