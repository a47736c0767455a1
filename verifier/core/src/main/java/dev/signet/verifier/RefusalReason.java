package dev.signet.verifier;

/**
 * Why a request was refused. Each reason has an error code of RFC 6750 section 3.1 (or RFC 9449 section 7.1), an HTTP status,
 * and a sentence that may be shown to the client.
 *
 * <p>Reasons about the content of a token are given only for tokens whose signature holds; what a stranger made up is refused
 * before.
 */
public enum RefusalReason {

    /** The request carries no access token. RFC 6750 section 3.1: no error code then. */
    NO_TOKEN(401, "", "An access token is needed"),
    /** Several Authorization headers, or one that cannot be read. */
    REQUEST_MALFORMED(400, Codes.INVALID_REQUEST, "The Authorization header is repeated or malformed"),

    /** Not three parts, or a part that is not what it should be. */
    MALFORMED(401, Codes.INVALID_TOKEN, "The token is malformed"),
    /** An encrypted token (five parts). */
    ENCRYPTED(401, Codes.INVALID_TOKEN, "Encrypted tokens are not accepted"),
    /** An opaque handle of Signet, which only the issuer can read. */
    OPAQUE(401, Codes.INVALID_TOKEN, "Opaque tokens are not accepted here"),
    /** Base64url with padding, foreign characters or stray bits: the same token in a second spelling. */
    NOT_CANONICAL(401, Codes.INVALID_TOKEN, "The token is not canonical base64url"),
    /** Blank characters before, in or after the token. */
    WHITESPACE(401, Codes.INVALID_TOKEN, "The token contains whitespace"),
    /** Longer than the limit. */
    TOO_LARGE(401, Codes.INVALID_TOKEN, "The token is too large"),

    /** {@code alg: none}: the token claims to need no signature. */
    ALGORITHM_NONE(401, Codes.INVALID_TOKEN, "Unsigned tokens are not accepted"),
    /** An HMAC algorithm, for which a public key would serve as the secret. */
    ALGORITHM_SYMMETRIC(401, Codes.INVALID_TOKEN, "Symmetric signatures are not accepted"),
    /** Any other algorithm that is not accepted here. */
    ALGORITHM_NOT_ACCEPTED(401, Codes.INVALID_TOKEN, "The signature algorithm is not accepted"),
    /** The algorithm is accepted, but not with the key that the token names. */
    ALGORITHM_NOT_OF_KEY(401, Codes.INVALID_TOKEN, "The signature algorithm does not fit the key"),
    /** A header member that brings or points to a key, or changes how the token is read. */
    HEADER_NOT_ALLOWED(401, Codes.INVALID_TOKEN, "The token has a header member that is not allowed"),
    /** The header names no key. */
    KEY_ID_MISSING(401, Codes.INVALID_TOKEN, "The token names no key"),
    /** The issuer publishes no such key. */
    KEY_UNKNOWN(401, Codes.INVALID_TOKEN, "The token is signed by an unknown key"),
    /** The signature is not that of the key. */
    SIGNATURE_WRONG(401, Codes.INVALID_TOKEN, "The signature is wrong"),

    /** Not an access token by its {@code typ}, such as an ID token. */
    TYPE_WRONG(401, Codes.INVALID_TOKEN, "The token is not an access token"),
    /** Issued by somebody else. */
    ISSUER_WRONG(401, Codes.INVALID_TOKEN, "The token is of another issuer"),
    /** Meant for another API. */
    AUDIENCE_WRONG(401, Codes.INVALID_TOKEN, "The token is meant for another audience"),
    /** {@code exp} has passed. */
    EXPIRED(401, Codes.INVALID_TOKEN, "The token has expired"),
    /** {@code nbf} is still to come. */
    NOT_YET_VALID(401, Codes.INVALID_TOKEN, "The token is not valid yet"),
    /** {@code iat} is still to come. */
    ISSUED_IN_THE_FUTURE(401, Codes.INVALID_TOKEN, "The token was issued in the future"),
    /** A claim that every access token has is not there. */
    CLAIM_MISSING(401, Codes.INVALID_TOKEN, "The token lacks a claim"),
    /** A claim has a value of the wrong kind. */
    CLAIM_MALFORMED(401, Codes.INVALID_TOKEN, "The token has a malformed claim"),
    /** The token does not carry a scope the request needs. */
    SCOPE_INSUFFICIENT(403, "insufficient_scope", "The token lacks a scope"),

    /** Its status list says invalid. */
    REVOKED(401, Codes.INVALID_TOKEN, "The token was revoked"),
    /** Its status list says suspended. */
    SUSPENDED(401, Codes.INVALID_TOKEN, "The token is suspended"),
    /** Its status list gives it a value without a meaning here, or no value at all. */
    STATUS_UNKNOWN(401, Codes.INVALID_TOKEN, "The status of the token is unknown"),
    /** It names no status list, and one is required. */
    STATUS_MISSING(401, Codes.INVALID_TOKEN, "The token names no status list"),
    /** No current status list is at hand, and the offline policy is {@link OfflinePolicy#FAIL_CLOSED}. */
    STATUS_UNAVAILABLE(503, Codes.UNAVAILABLE, "The status of the token cannot be checked now"),
    /** The issuer's keys were never reached. */
    KEYS_UNAVAILABLE(503, Codes.UNAVAILABLE, "The token cannot be checked now"),

    /** The token is bound to a key (RFC 9449) and came without a proof, or as a bearer token. */
    DPOP_PROOF_MISSING(401, Codes.INVALID_TOKEN, "The token is bound to a key: a DPoP proof is needed"),
    /** Bearer tokens are not accepted here. */
    DPOP_REQUIRED(401, Codes.INVALID_TOKEN, "Only tokens bound to a key are accepted"),
    /** A proof came with a token that is bound to no key. */
    DPOP_TOKEN_NOT_BOUND(401, Codes.INVALID_TOKEN, "The token is not bound to a key"),
    /** The proof is of another key than the token is bound to. */
    DPOP_KEY_WRONG(401, Codes.INVALID_TOKEN, "The token is bound to another key"),
    /** More than one proof. */
    DPOP_PROOF_REPEATED(401, Codes.INVALID_PROOF, "There must be exactly one DPoP proof"),
    /** The proof cannot be read, or lacks a member. */
    DPOP_PROOF_MALFORMED(401, Codes.INVALID_PROOF, "The DPoP proof is malformed"),
    /** The proof's algorithm or key is not accepted, for instance since it contains the private key. */
    DPOP_KEY_NOT_ACCEPTED(401, Codes.INVALID_PROOF, "The algorithm or key of the DPoP proof is not accepted"),
    /** The proof is not signed by the key it brings. */
    DPOP_SIGNATURE_WRONG(401, Codes.INVALID_PROOF, "The signature of the DPoP proof is wrong"),
    /** The proof is for another HTTP method. */
    DPOP_METHOD_WRONG(401, Codes.INVALID_PROOF, "The DPoP proof is for another method"),
    /** The proof is for another URL. */
    DPOP_URL_WRONG(401, Codes.INVALID_PROOF, "The DPoP proof is for another URL"),
    /** The proof is too old, or of the future. */
    DPOP_TIME_WRONG(401, Codes.INVALID_PROOF, "The DPoP proof is too old or of the future"),
    /** The proof is for another access token. */
    DPOP_TOKEN_WRONG(401, Codes.INVALID_PROOF, "The DPoP proof is for another token"),
    /** The proof was used before. */
    DPOP_REPLAYED(401, Codes.INVALID_PROOF, "The DPoP proof was used before"),
    /** So many proofs came in so short a time that their single use cannot be watched over. */
    DPOP_OVERLOADED(503, Codes.UNAVAILABLE, "Too many requests with DPoP proofs"),

    /** The token is bound to a client certificate (RFC 8705), and the connection has none or another. */
    CERTIFICATE_WRONG(401, Codes.INVALID_TOKEN, "The token is bound to another client certificate"),
    /** The token is bound in a way that is not known here, so the binding cannot be checked. */
    BINDING_UNKNOWN(401, Codes.INVALID_TOKEN, "The token is bound in an unknown way");

    private final int status;
    private final String error;
    private final String description;

    RefusalReason(int status, String error, String description) {
        this.status = status;
        this.error = error;
        this.description = description;
    }

    /** The HTTP status of the answer: 400, 401, 403 or 503. */
    public int status() {
        return status;
    }

    /** The error code of the challenge; empty where RFC 6750 wants none. */
    public String error() {
        return error;
    }

    /** A sentence that may be shown to the client. It contains no character a quoted string must escape. */
    public String description() {
        return description;
    }

    /** Whether the proof is at fault, not the token. */
    boolean isAboutTheProof() {
        return error.equals(Codes.INVALID_PROOF);
    }

    private static final class Codes {
        static final String INVALID_REQUEST = "invalid_request";
        static final String INVALID_TOKEN = "invalid_token";
        static final String INVALID_PROOF = "invalid_dpop_proof";
        static final String UNAVAILABLE = "temporarily_unavailable";
    }
}
