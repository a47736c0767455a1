package dev.signet.tokens;

import dev.signet.clients.Api;
import dev.signet.clients.Apis;
import dev.signet.clients.Client;
import dev.signet.clients.TokenFormat;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.site.Issuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Decides what access tokens are for: the APIs a client names by {@code resource} (RFC 8707), or where it names none the
 * audience it was registered with, or else this server.
 *
 * <p>A token for one API is of no use at another: it names its API in {@code aud} and holds only the scopes that belong to
 * it, so that an API that is dishonest or broken into cannot use its tokens elsewhere (section 3).
 */
@Service
public class Resources {

    private final Apis apis;
    private final Issuer issuer;

    Resources(Apis apis, Issuer issuer) {
        this.apis = apis;
        this.issuer = issuer;
    }

    /**
     * The audience a client asks for, as its APIs are registered.
     *
     * @param requested the values of {@code resource}; none for the client's own audience
     * @throws Refused ({@code invalid_target}) if one of them is not an API the client may ask for
     */
    public List<String> audience(Client client, List<String> requested) {
        if (requested.isEmpty()) {
            return client.audience().isEmpty() ? List.of(issuer.value()) : client.audience();
        }
        Set<String> audience = new LinkedHashSet<>();
        for (String resource : requested) {
            audience.add(resolve(client, resource));
        }
        return List.copyOf(audience);
    }

    /**
     * The scopes that mean something to these APIs, and those about the person, which are read here.
     *
     * @param requested the values of {@code resource}; none leaves all scopes
     * @throws Refused ({@code invalid_scope}) if none is left of them though the APIs have some
     */
    public Set<String> narrow(Set<String> scope, List<String> requested) {
        if (requested.isEmpty()) {
            return scope;
        }
        Set<String> narrowed = apis.narrow(scope, requested);
        boolean haveScopes = requested.stream()
                .allMatch(resource -> apis.named(resource)
                        .filter(api -> !api.scopes().isEmpty())
                        .isPresent());
        if (narrowed.isEmpty() && !scope.isEmpty() && haveScopes) {
            throw new Refused(Reason.RESOURCE_SCOPE, String.join(" ", requested));
        }
        return narrowed;
    }

    /**
     * What a token is to be like.
     *
     * @param granted the audience that was granted
     * @param requested the part of it that is asked for now; none for all of it
     * @throws Refused ({@code invalid_target}) if more is asked for than was granted, or what cannot stand in one token
     */
    Target target(Client client, List<String> granted, List<String> requested) {
        List<String> audience = requested.isEmpty() ? granted : audience(client, requested);
        if (!granted.containsAll(audience)) {
            throw new Refused(Reason.RESOURCE_NOT_GRANTED, "granted: " + String.join(" ", granted));
        }
        return target(client, audience);
    }

    /** The same for a client that acts for itself and so needs nobody's grant. */
    Target ofMachine(Client client, List<String> requested) {
        return target(client, audience(client, requested));
    }

    private Target target(Client client, List<String> audience) {
        List<Api> registered = new ArrayList<>();
        for (String identifier : audience) {
            apis.find(identifier).ifPresent(api -> registered.add(usable(client, api)));
        }
        return new Target(audience, form(client, registered));
    }

    /** How the client's tokens are made where no API asks for anything else. */
    TokenForm ownForm(Client client) {
        return form(client, List.of());
    }

    /** Whether the client's tokens are made alike whatever they are for, so that one need not know it beforehand. */
    boolean makesAllAlike(Client client) {
        TokenForm own = ownForm(client);
        for (Api api : apis.all()) {
            if (api.isOpenTo(client) && !form(client, List.of(api)).equals(own)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a client is one that an API of this audience asks as about its tokens. */
    boolean asksFor(Client client, List<?> audience) {
        for (Object identifier : audience) {
            if (apis.find(String.valueOf(identifier))
                    .filter(api -> !api.disabled())
                    .filter(api -> api.introspectionClients().contains(client.clientId()))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static TokenForm form(Client client, List<Api> registered) {
        TokenFormat format =
                agreed(registered, Api::accessTokenFormat, client.disclosure().accessTokenFormat());
        // Nobody reads an opaque token: what its APIs say of signatures is of no matter.
        List<Api> readers = format == TokenFormat.JWT ? registered : List.of();
        return new TokenForm(
                lifetime(client, registered),
                format,
                AccessTokens.algorithm(agreed(readers, Api::accessTokenAlgorithm, client.accessTokenAlgorithm())),
                agreed(readers, Api::accessTokenTypeHeader, client.accessTokenTypeHeader()));
    }

    /** The shortest that one of the APIs demands. */
    private static Duration lifetime(Client client, List<Api> registered) {
        Duration shortest = null;
        for (Api api : registered) {
            Duration wanted =
                    api.accessTokenLifetime() == null ? client.accessTokenLifetime() : api.accessTokenLifetime();
            shortest = shortest == null || wanted.compareTo(shortest) < 0 ? wanted : shortest;
        }
        return shortest == null ? client.accessTokenLifetime() : shortest;
    }

    private static <T> T agreed(List<Api> registered, Function<Api, @Nullable T> setting, T otherwise) {
        T agreed = null;
        for (Api api : registered) {
            T own = setting.apply(api);
            T wanted = own == null ? otherwise : own;
            if (agreed != null && !agreed.equals(wanted)) {
                throw new Refused(Reason.RESOURCES_DIFFER);
            }
            agreed = wanted;
        }
        return agreed == null ? otherwise : agreed;
    }

    private String resolve(Client client, String resource) {
        Optional<Api> api = apis.named(resource);
        if (api.isPresent()) {
            return usable(client, api.get()).identifier();
        }
        boolean own = client.audience().isEmpty()
                ? issuer.value().equals(resource)
                : client.audience().contains(resource);
        if (!own) {
            throw new Refused(Reason.RESOURCE_UNKNOWN, resource);
        }
        return resource;
    }

    private static Api usable(Client client, Api api) {
        if (api.disabled() || !api.isOpenTo(client)) {
            throw new Refused(Reason.RESOURCE_UNKNOWN, api.identifier() + (api.disabled() ? " is disabled" : ""));
        }
        return api;
    }
}
