package dev.signet.clients;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scope a client may ask for (RFC 6749 section 3.3).
 *
 * @param name for example {@code api:read}
 * @param description what the consent page says; null for built-in scopes, whose text is in the theme's messages
 * @param claims the claims it asks for (OpenID Connect Core section 5.4)
 * @param mappings where the values of claims that no standard defines come from
 */
public record Scope(String name, @Nullable String description, Set<String> claims, List<ClaimMapping> mappings) {

    /** A scope without claims of the installation's own. */
    public Scope(String name, @Nullable String description, Set<String> claims) {
        this(name, description, claims, List.of());
    }
}
