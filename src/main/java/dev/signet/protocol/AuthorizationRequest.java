package dev.signet.protocol;

import dev.signet.clients.Client;
import dev.signet.login.SignInWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A valid authorization request (OpenID Connect Core section 3.1.2.1).
 *
 * @param namedRedirectUri the redirect URI as the request named it; {@code null} if it named none
 * @param audience the APIs the tokens are to be for (RFC 8707)
 * @param address where the answer goes
 * @param wish what it asks of the person
 */
record AuthorizationRequest(
        Parameters parameters,
        Client client,
        @Nullable String namedRedirectUri,
        List<String> audience,
        ReturnAddress address,
        @Nullable String codeChallenge,
        @Nullable String nonce,
        ClaimsRequest claims,
        SignInWish wish) {}
