package dev.signet.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Where the answer to an authorization request goes. It exists only once the redirect URI was found to be the client's.
 */
record ReturnAddress(
        String clientId,
        String redirectUri,
        ResponseMode mode,
        @Nullable String state) {}
