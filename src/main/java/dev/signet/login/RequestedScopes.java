package dev.signet.login;

import dev.signet.clients.Client;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code scope} parameter of a request (RFC 6749 section 3.3). */
public final class RequestedScopes {

    private RequestedScopes() {}

    /**
     * The scopes a request asks for, as far as the client may have them, in the order of the request. A request without
     * the parameter asks for all that the client is registered for, but for those that say who the person is and for
     * access in their absence: these must be asked for by name.
     */
    public static Set<String> of(@Nullable String parameter, Client client) {
        Set<String> scopes = new LinkedHashSet<>();
        if (parameter == null || parameter.isBlank()) {
            scopes.addAll(client.scopes());
            scopes.remove("openid");
            scopes.remove("offline_access");
            return scopes;
        }
        for (String scope : parameter.trim().split(" +")) {
            if (client.scopes().contains(scope)) {
                scopes.add(scope);
            }
        }
        return scopes;
    }
}
