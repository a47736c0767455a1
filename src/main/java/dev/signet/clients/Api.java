package dev.signet.clients;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A protected resource that access tokens may be asked for by name (RFC 8707), and what its tokens are to be like. What it
 * leaves open is decided by the client that asks.
 *
 * @param identifier the absolute URI that clients name as {@code resource} and that stands in {@code aud}
 * @param name what administrators call it
 * @param scopes the scopes that mean something to it; a token for it holds no others but those about the person
 * @param accessTokenLifetime lifetime of its tokens, in place of the client's
 * @param accessTokenFormat whether its tokens are JWTs or opaque
 * @param accessTokenTypeHeader {@code typ} of its JWTs: {@code at+jwt} (RFC 9068), or {@code JWT} for libraries that refuse
 *     the former
 * @param accessTokenAlgorithm JWS algorithm of its JWTs
 * @param introspectionClients the clients it asks as at the introspection endpoint about tokens meant for it
 * @param source who owns this entry: {@code api}, or {@code file} for one kept by the configuration file
 * @param disabled whether no token is issued for it any more
 */
public record Api(
        String identifier,
        String name,
        Set<String> scopes,
        @Nullable Duration accessTokenLifetime,
        @Nullable TokenFormat accessTokenFormat,
        @Nullable String accessTokenTypeHeader,
        @Nullable String accessTokenAlgorithm,
        Set<String> introspectionClients,
        String source,
        boolean disabled) {

    /**
     * Whether a client may ask for tokens for it: it has one of the API's scopes, or was registered with the API as its
     * audience.
     */
    public boolean isOpenTo(Client client) {
        return client.audience().contains(identifier) || scopes.stream().anyMatch(client.scopes()::contains);
    }
}
