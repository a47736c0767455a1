package dev.signet.clients;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered client (RFC 6749 section 2) with what it may do. Its secrets are not in here: see {@link ClientSecrets}.
 *
 * @param clientId its public name at the protocol's endpoints
 * @param name what people see
 * @param authMethods ways to authenticate; {@code NONE} alone for a public client
 * @param grantTypes grant types it may use, by their names in RFC 6749 and its extensions
 * @param redirectUris where codes may be sent; compared by {@link #allowsRedirect}
 * @param signOutUris where a browser may return to after sign-out (RP-Initiated Logout section 2), compared alike
 * @param scopes scopes it may ask for
 * @param audience the APIs its access tokens are for ({@code aud}); empty means the issuer
 * @param pkceRequired whether a code challenge must be sent (RFC 7636); never false for a public client
 * @param consentRequired whether people are asked
 * @param refreshIdleLifetime how long an unused refresh token lives
 * @param refreshAbsoluteLifetime how long a family of refresh tokens lives, however often it is used
 * @param refreshRepeatWindow how long a spent refresh token may be repeated by who lost the answer (0 to 120 s)
 * @param accessTokenAlgorithm JWS algorithm of access tokens
 * @param idTokenAlgorithm JWS algorithm of ID tokens
 * @param accessTokenTypeHeader {@code typ} of access tokens: {@code at+jwt} (RFC 9068) or {@code JWT}
 * @param corsOrigins origins whose scripts may call our endpoints for this client
 * @param defaultMaxAge {@code max_age} that holds where a request names none (OIDC Registration section 2)
 * @param disclosure what the client learns of people beyond the standards, and in which form
 * @param source who owns this entry: {@code api}, or {@code file} for one kept by the configuration file
 * @param disabled whether it is refused everywhere as if it did not exist
 */
public record Client(
        String clientId,
        String name,
        ClientKind kind,
        Set<ClientAuthMethod> authMethods,
        Set<String> grantTypes,
        List<String> redirectUris,
        List<String> signOutUris,
        Set<String> scopes,
        List<String> audience,
        boolean pkceRequired,
        boolean consentRequired,
        Duration accessTokenLifetime,
        Duration idTokenLifetime,
        Duration refreshIdleLifetime,
        Duration refreshAbsoluteLifetime,
        Duration refreshRepeatWindow,
        String accessTokenAlgorithm,
        String idTokenAlgorithm,
        String accessTokenTypeHeader,
        Set<String> corsOrigins,
        @Nullable Duration defaultMaxAge,
        @Nullable String logoUri,
        @Nullable String clientUri,
        @Nullable String policyUri,
        @Nullable String tosUri,
        Disclosure disclosure,
        String source,
        boolean disabled) {

    /**
     * What a client learns of people beyond the standards, and in which form.
     *
     * @param claims claims mapped for this client, whatever the scope
     * @param sector the sector within which it shares the names of people ({@code sub}, see {@link Subjects}); null for a
     *     client that knows them by their one public name
     * @param accessTokenFormat what its access tokens are where no API asks for something else
     * @param userInfoAlgorithm JWS algorithm of UserInfo answers; null where they are plain JSON
     * @param introspectionAlgorithm JWS algorithm of introspection answers that it asks for as JWTs (RFC 9701)
     */
    public record Disclosure(
            List<ClaimMapping> claims,
            @Nullable String sector,
            TokenFormat accessTokenFormat,
            @Nullable String userInfoAlgorithm,
            String introspectionAlgorithm) {}

    /** Whether it cannot keep a secret (RFC 6749 section 2.1). */
    public boolean isPublic() {
        return authMethods.contains(ClientAuthMethod.NONE);
    }

    public boolean allowsGrant(String grantType) {
        return grantTypes.contains(grantType);
    }

    public boolean allowsAuthMethod(ClientAuthMethod method) {
        return authMethods.contains(method);
    }

    /**
     * Whether a code may be sent there: equal to a registered URI character by character (RFC 9700 section 2.1), but for
     * the port of a loopback address (RFC 8252 section 7.3).
     */
    public boolean allowsRedirect(String uri) {
        return RedirectUris.anyMatches(redirectUris, uri, kind);
    }

    /** Whether a browser may be sent there after sign-out; the same comparison. */
    public boolean allowsSignOutRedirect(String uri) {
        return RedirectUris.anyMatches(signOutUris, uri, kind);
    }
}
