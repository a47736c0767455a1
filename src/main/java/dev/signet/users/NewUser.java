package dev.signet.users;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to make or replace an account.
 *
 * @param username unique without regard to case; holds an {@code @} only if it is the account's own mail address
 * @param email unique without regard to case
 * @param attributes what the installation knows of the person beyond the standard claims
 * @param source {@code api} or {@code file}
 */
public record NewUser(
        String username,
        @Nullable String email,
        boolean emailVerified,
        Profile profile,
        Set<String> roles,
        Attributes attributes,
        String source) {

    /** An account without attributes. */
    public NewUser(
            String username,
            @Nullable String email,
            boolean emailVerified,
            Profile profile,
            Set<String> roles,
            String source) {
        this(username, email, emailVerified, profile, roles, Attributes.NONE, source);
    }
}
