package dev.signet.users;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person with an account.
 *
 * @param id never changes, never reused: the {@code sub} of tokens (OpenID Connect Core section 2)
 * @param username how the person signs in, in canonical form (see {@link Users#canonical})
 * @param email the mail address, in canonical form; another way to sign in
 * @param emailVerified whether the address was shown to be the person's
 * @param roles what the person may do here and elsewhere; {@link Users#OWNER} administers this server
 * @param attributes what the installation knows of the person beyond the standard claims
 * @param source who owns this entry: {@code api}, or {@code file} for one kept by the configuration file
 * @param updatedAt when anything of the above last changed
 * @param disabledAt since when the person may not sign in, null while they may
 */
public record User(
        UUID id,
        String username,
        @Nullable String email,
        boolean emailVerified,
        Profile profile,
        Set<String> roles,
        Attributes attributes,
        String source,
        Instant updatedAt,
        @Nullable Instant disabledAt) {

    public boolean enabled() {
        return disabledAt == null;
    }

    /** What to call the person: their name, else their user name. */
    public String displayName() {
        String name = profile.name();
        return name == null || name.isBlank() ? username : name;
    }
}
