package dev.signet.protection;

import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to sign in with a password, as far as it is counted.
 *
 * @param typedName the name as typed
 * @param account the account of that name, if there is one
 * @param knownDevice whether this very browser has completed a sign-in to this account before
 * @param address the client's address
 */
public record SignInAttempt(String typedName, Optional<UUID> account, boolean knownDevice, String address) {

    /** What attempts at the account are counted by, whichever of its names is typed. */
    String accountKey() {
        return account.map(UUID::toString).orElse(typedName);
    }
}
