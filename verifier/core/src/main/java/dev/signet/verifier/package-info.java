/**
 * Checks the access tokens an API is shown, as RFC 9068 describes them, without a call to their issuer per request:
 * signature, claims, scopes, revocation (Token Status List) and proof of possession (RFC 9449, RFC 8705).
 *
 * <p>Begin with {@link dev.signet.verifier.TokenVerifier}. What it needs from the issuer (keys, status lists) it fetches in the
 * background and keeps; everything it keeps has an upper bound.
 */
@NullMarked
package dev.signet.verifier;

import org.jspecify.annotations.NullMarked;
