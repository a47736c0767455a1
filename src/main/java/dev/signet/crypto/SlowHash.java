package dev.signet.crypto;

/**
 * Hashes of secrets that people choose, slow on purpose: Argon2id (RFC 9106), written as PHC strings
 * ({@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}).
 *
 * <p>A hash occupies a core for tens of milliseconds, so only about as many run at once as there are cores, a bounded
 * number waits for a bounded time, and the rest is turned away at once.
 */
public interface SlowHash {

    /**
     * The PHC string of the secret under the current parameters, with a new random salt.
     *
     * @throws HashingBusy if too many hashes are waiting already
     */
    String hash(SecretValue secret);

    /**
     * Whether the secret is the one hashed. A string that {@link #accepts} refuses matches nothing, but costs one hash.
     *
     * @throws HashingBusy if too many hashes are waiting already
     */
    boolean matches(SecretValue presented, String phc);

    /** Whether the string is a hash we can and will check: Argon2id, version 19, of bounded cost. */
    boolean accepts(String phc);

    /** Whether a hash should be made anew under the current parameters, because it is weaker than they demand. */
    boolean outdated(String phc);

    /**
     * A PHC string under the current parameters that no secret matches. Checking a secret against it costs what a real
     * check costs, which is how an unknown name is kept from being told apart by time.
     */
    String decoy();
}
