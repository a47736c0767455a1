package dev.signet.credentials;

import dev.signet.crypto.HashingBusy;
import dev.signet.crypto.SecretValue;
import dev.signet.crypto.SlowHash;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords of people: chosen, stored as Argon2id hashes, checked.
 *
 * <p>A check costs one look-up and one hash, whether the account exists or not, so that time tells nobody which accounts
 * there are. Passwords are compared after Unicode normalisation (NFC) and never cut off.
 */
public final class Passwords {

    /** No password is ever shorter, whatever the settings say (NIST SP 800-63B-4 section 3.1.1.2). */
    public static final int SHORTEST_EVER = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);
    private static final UUID NOBODY = new UUID(0, 0);

    private final PasswordStore store;
    private final SlowHash slowHash;
    private final PasswordRules rules;
    private final String decoy;

    Passwords(PasswordStore store, SlowHash slowHash, PasswordRules rules) {
        this.store = store;
        this.slowHash = slowHash;
        this.rules = rules;
        this.decoy = slowHash.decoy();
    }

    /**
     * Checks a password somebody typed.
     *
     * @param userId the account of the name they typed; empty if there is none, or if it may not be used
     */
    public PasswordCheck verify(Optional<UUID> userId, SecretValue password) {
        Optional<PasswordStore.Stored> stored = store.find(userId.orElse(NOBODY));
        Optional<String> normal = PasswordRules.normalised(password.reveal());
        SecretValue presented = new SecretValue(normal.orElse(""));
        String against = normal.isEmpty()
                ? decoy
                : stored.map(PasswordStore.Stored::hash).orElse(decoy);
        try {
            if (!slowHash.matches(presented, against) || stored.isEmpty()) {
                return new PasswordCheck.Wrong();
            }
        } catch (HashingBusy e) {
            return new PasswordCheck.Busy(e.retryAfter());
        }
        userId.ifPresent(id -> strengthen(id, presented, against));
        return new PasswordCheck.Correct(stored.get().mustChange());
    }

    /**
     * Gives the account this password, in the caller's transaction if there is one. Ask {@link #problem} first: this
     * only refuses what could not be checked later.
     *
     * @throws IllegalArgumentException if it is empty or longer than 1024 characters
     * @throws HashingBusy if too many hashes are waiting already
     */
    public void set(UUID userId, SecretValue password) {
        store.set(userId, hash(password));
    }

    /**
     * Gives the account the password behind this hash, in the caller's transaction if there is one.
     *
     * @param phc a PHC string that {@link #acceptsHash} accepts
     */
    public void setHash(UUID userId, String phc) {
        if (!acceptsHash(phc)) {
            throw new IllegalArgumentException("not an Argon2id hash this server checks");
        }
        store.set(userId, phc);
    }

    /** Whether a hash from elsewhere can be taken over: an Argon2id PHC string, version 19, of bounded cost. */
    public boolean acceptsHash(String phc) {
        return slowHash.accepts(phc);
    }

    /** Whether the account has a password. */
    public boolean isSet(UUID userId) {
        return store.find(userId).isPresent();
    }

    /**
     * Why this password may not be chosen, if so.
     *
     * @param personal what the password may not contain: user name, mail address, names; null where there is none
     */
    public Optional<PasswordProblem> problem(SecretValue candidate, @Nullable String... personal) {
        return rules.problem(candidate.reveal(), personal);
    }

    /** Fewest characters of a new password. */
    public int minimum() {
        return rules.minimum();
    }

    /**
     * The password's hash as a PHC string, as {@link #set} would store it.
     *
     * @throws IllegalArgumentException if it is empty or longer than 1024 characters
     * @throws HashingBusy if too many hashes are waiting already
     */
    public String hash(SecretValue password) {
        String normal = PasswordRules.normalised(password.reveal())
                .filter(text -> !text.isEmpty())
                .orElseThrow(() ->
                        new IllegalArgumentException("a password has 1 to " + PasswordRules.MAXIMUM + " characters"));
        return slowHash.hash(new SecretValue(normal));
    }

    /**
     * Whether the hash is that of the password.
     *
     * @throws HashingBusy if too many hashes are waiting already
     */
    public boolean matches(SecretValue presented, String phc) {
        Optional<String> normal = PasswordRules.normalised(presented.reveal());
        boolean same = slowHash.matches(new SecretValue(normal.orElse("")), normal.isPresent() ? phc : decoy);
        return same && normal.isPresent();
    }

    /** Once the password is known it can be hashed as today's settings demand. If that fails, the next sign-in will. */
    private void strengthen(UUID userId, SecretValue password, String before) {
        if (!slowHash.outdated(before)) {
            return;
        }
        try {
            store.rehash(userId, before, slowHash.hash(password));
        } catch (HashingBusy e) {
            LOG.debug("No time to hash a password anew");
        }
    }
}
