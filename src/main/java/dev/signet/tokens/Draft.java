package dev.signet.tokens;

import dev.signet.crypto.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about an access token before the statement that spends what it is issued for.
 *
 * @param index a JWT's place in a status list; null for an opaque token, whose row can be asked
 * @param handle an opaque token; null for a JWT, which is written in the end
 */
record Draft(
        TokenForm form,
        @Nullable StatusIndex index,
        @Nullable Handle handle) {}
