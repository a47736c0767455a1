package dev.signet.tokens;

import dev.signet.clients.ClaimMapping;
import dev.signet.clients.Client;
import dev.signet.clients.Subjects;
import dev.signet.crypto.Digest;
import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import dev.signet.site.Issuer;
import dev.signet.users.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * Writes ID tokens (OpenID Connect Core section 2). Claims about the person are read at the UserInfo endpoint; an ID
 * token holds those the app asked for one by one ({@code claims} parameter, section 5.5).
 */
@Service
class IdTokens {

    private final SigningKeys keys;
    private final Subjects subjects;
    private final MappedClaims mappedClaims;
    private final Issuer issuer;

    IdTokens(SigningKeys keys, Subjects subjects, MappedClaims mappedClaims, Issuer issuer) {
        this.keys = keys;
        this.subjects = subjects;
        this.mappedClaims = mappedClaims;
        this.issuer = issuer;
    }

    /**
     * @param first whether this is the token for the code: a refreshed ID token carries no nonce (section 12.2)
     */
    String issue(
            Authorization authorization,
            Client client,
            User user,
            Set<String> scope,
            String accessToken,
            boolean first,
            Instant now) {
        SigningAlgorithm algorithm = AccessTokens.algorithm(client.idTokenAlgorithm());
        long issuedAt = now.getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.value());
        claims.put("sub", subjects.of(client, user.id()));
        claims.put("aud", client.clientId());
        claims.put("azp", client.clientId());
        claims.put("exp", issuedAt + client.idTokenLifetime().toSeconds());
        claims.put("iat", issuedAt);
        claims.put("auth_time", authorization.authTime().getEpochSecond());
        claims.put("acr", authorization.acr());
        claims.put("amr", authorization.amr());
        claims.put("at_hash", leftHalfHash(algorithm, accessToken));
        if (authorization.sid() != null) {
            claims.put("sid", authorization.sid());
        }
        if (first && authorization.nonce() != null) {
            claims.put("nonce", authorization.nonce());
        }
        if (!authorization.idTokenClaims().isEmpty()) {
            PersonClaims.named(user, authorization.idTokenClaims()).forEach(claims::putIfAbsent);
        }
        mappedClaims.add(user, client, scope, ClaimMapping.Place.ID_TOKEN, claims);
        return keys.sign(algorithm, "JWT", claims);
    }

    /**
     * {@code at_hash}, section 3.1.3.6: the left half of the hash that belongs to the signature's algorithm; for
     * Ed25519 that is SHA-512, the hash inside the signature.
     */
    private static String leftHalfHash(SigningAlgorithm algorithm, String accessToken) {
        byte[] hash = algorithm == SigningAlgorithm.EDDSA ? sha512(accessToken) : Digest.sha256(accessToken);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }

    private static byte[] sha512(String value) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(value.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
