package dev.signet.tokens;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a grant yields (RFC 6749 section 5.1).
 *
 * @param lifetime of the access token
 * @param refreshToken {@code null} where the client may not refresh
 * @param idToken {@code null} unless {@code openid} was granted
 */
public record IssuedTokens(
        String accessToken,
        Duration lifetime,
        Set<String> scope,
        @Nullable String refreshToken,
        @Nullable String idToken) {}
