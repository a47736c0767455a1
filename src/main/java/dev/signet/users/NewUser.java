package dev.signet.users;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to make or replace an account.
 *
 * @param username unique without regard to case; holds an {@code @} only if it is the account's own mail address
 * @param email unique without regard to case
 * @param source {@code api} or {@code file}
 */
public record NewUser(
        String username,
        @Nullable String email,
        boolean emailVerified,
        Profile profile,
        Set<String> roles,
        String source) {}
