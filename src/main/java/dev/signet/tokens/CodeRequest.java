package dev.signet.tokens;

import dev.signet.clients.Client;
import dev.signet.sessions.SsoSession;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person has agreed to at the authorization endpoint, ready to be turned into a code.
 *
 * @param scope the scopes granted, which may be fewer than asked for
 * @param audience the APIs the tokens are to be for
 * @param redirectUri the redirect URI as the request named it; {@code null} if it named none
 * @param codeChallenge the PKCE challenge (S256); {@code null} where the client may do without
 * @param idTokenClaims single claims asked for in the ID token (OpenID Connect Core section 5.5)
 * @param userInfoClaims single claims asked for at the UserInfo endpoint
 * @param acr how strongly the person was authenticated
 * @param amr by which means (RFC 8176)
 */
public record CodeRequest(
        Client client,
        SsoSession session,
        Set<String> scope,
        List<String> audience,
        @Nullable String redirectUri,
        @Nullable String codeChallenge,
        @Nullable String nonce,
        Set<String> idTokenClaims,
        Set<String> userInfoClaims,
        String acr,
        List<String> amr) {}
