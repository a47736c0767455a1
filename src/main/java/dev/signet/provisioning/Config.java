package dev.signet.provisioning;

import dev.signet.clients.Api;
import dev.signet.clients.Client;
import dev.signet.clients.Scope;
import dev.signet.crypto.SecretValue;
import dev.signet.users.NewUser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything the configuration files say, read and checked; each entry still knows where it stands. */
record Config(List<WantedScope> scopes, List<WantedApi> apis, List<WantedClient> clients, List<WantedUser> users) {

    /** A place in a file. */
    record Place(String file, int line) {

        ConfigProblem problem(String reason, String fix) {
            return new ConfigProblem(file, line, reason, fix);
        }
    }

    record WantedScope(Place place, Scope scope) {}

    /**
     * @param scopesPlace where its scopes are named
     * @param clientsPlace where the clients are named that it introspects tokens as
     */
    record WantedApi(Place place, Place scopesPlace, Place clientsPlace, Api api) {}

    /** @param scopePlace where its scopes are named */
    record WantedClient(
            Place place,
            Place scopePlace,
            Client client,
            @Nullable SecretValue secret) {}

    /** @param passwordHash a PHC string, in place of a password */
    record WantedUser(
            Place place,
            Place passwordPlace,
            NewUser user,
            @Nullable SecretValue password,
            @Nullable SecretValue passwordHash) {}
}
