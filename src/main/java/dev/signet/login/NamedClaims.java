package dev.signet.login;

import dev.signet.clients.Client;
import dev.signet.clients.Scopes;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Claims an app asks for one by one ({@code claims} parameter, OpenID Connect Core section 5.5). Such a claim needs the
 * same permissions as the scope that holds it (section 5.4): the app must be registered for that scope, and the person
 * must allow it. Else the parameter would be a way around the consent page.
 */
public final class NamedClaims {

    private static final List<String> SCOPES = List.of("profile", "email", "address", "phone");
    private static final JsonMapper JSON = JsonMapper.shared();

    private NamedClaims() {}

    /** The scopes that hold one of the claims, as far as the client may ask for them. */
    public static Set<String> scopes(Collection<String> claims, Client client) {
        Set<String> scopes = new LinkedHashSet<>();
        for (String scope : SCOPES) {
            if (client.scopes().contains(scope)
                    && Scopes.standardClaims(scope).stream().anyMatch(claims::contains)) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    /** The same for a {@code claims} parameter that was found to be in order. */
    static Set<String> scopes(@Nullable String parameter, Client client) {
        Set<String> claims = new LinkedHashSet<>();
        if (parameter != null) {
            try {
                JsonNode root = JSON.readTree(parameter);
                claims.addAll(root.path("id_token").propertyNames());
                claims.addAll(root.path("userinfo").propertyNames());
            } catch (JacksonException malformed) {
                return Set.of();
            }
        }
        return scopes(claims, client);
    }

    /** Of the claims, those that one of the scopes holds. */
    public static Set<String> within(Collection<String> claims, Set<String> scopes) {
        Set<String> within = new LinkedHashSet<>();
        for (String scope : scopes) {
            for (String claim : Scopes.standardClaims(scope)) {
                if (claims.contains(claim)) {
                    within.add(claim);
                }
            }
        }
        return within;
    }
}
