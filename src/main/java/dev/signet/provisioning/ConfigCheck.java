package dev.signet.provisioning;

import dev.signet.clients.Client;
import dev.signet.clients.Clients;
import dev.signet.clients.Scopes;
import dev.signet.credentials.PasswordProblem;
import dev.signet.credentials.Passwords;
import dev.signet.crypto.SecretValue;
import dev.signet.provisioning.Config.Place;
import dev.signet.provisioning.Config.WantedApi;
import dev.signet.provisioning.Config.WantedUser;
import dev.signet.users.NewUser;
import dev.signet.users.User;
import dev.signet.users.Users;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Judges what can only be judged against what is already there: scopes that exist, accounts of others, passwords. */
@Component
class ConfigCheck {

    private final Scopes scopes;
    private final Clients clients;
    private final Users users;
    private final Passwords passwords;

    ConfigCheck(Scopes scopes, Clients clients, Users users, Passwords passwords) {
        this.scopes = scopes;
        this.clients = clients;
        this.users = users;
        this.passwords = passwords;
    }

    /**
     * @param trial whether the file is tried out rather than used in production: example people may have passwords that a
     *     real person could not choose, as long as they have some length
     * @throws ConfigRefused with everything that is wrong
     */
    void refuseUnlessApplicable(Config config, boolean trial) {
        List<ConfigProblem> problems = new ArrayList<>();
        Set<String> known = new HashSet<>(scopes.all().keySet());
        config.scopes().forEach(wanted -> known.add(wanted.scope().name()));
        config.clients().forEach(wanted -> checkScopes(wanted.client().scopes(), known, wanted.scopePlace(), problems));
        config.apis().forEach(wanted -> checkScopes(wanted.api().scopes(), known, wanted.scopesPlace(), problems));
        checkIntrospectionClients(config, problems);
        for (WantedUser wanted : config.users()) {
            checkAccount(wanted, problems);
            checkPassword(wanted, trial, problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigRefused(problems);
        }
    }

    private static void checkScopes(Set<String> named, Set<String> known, Place place, List<ConfigProblem> problems) {
        for (String scope : named) {
            if (!known.contains(scope)) {
                problems.add(place.problem(
                        "the scope " + scope + " does not exist", "add it under scopes: with a description"));
            }
        }
    }

    /** An API asks about its tokens as a client that proves who it is. */
    private void checkIntrospectionClients(Config config, List<ConfigProblem> problems) {
        Map<String, Client> named = new HashMap<>();
        config.clients().forEach(wanted -> named.put(wanted.client().clientId(), wanted.client()));
        for (WantedApi wanted : config.apis()) {
            for (String clientId : wanted.api().introspectionClients()) {
                Optional<Client> client =
                        Optional.ofNullable(named.get(clientId)).or(() -> clients.find(clientId));
                if (client.filter(found -> !found.isPublic()).isEmpty()) {
                    problems.add(wanted.clientsPlace()
                            .problem(
                                    "there is no client " + clientId + " with a secret",
                                    "add it under clients:, of kind machine and with a client_secret"));
                }
            }
        }
    }

    /** An account that somebody made for themselves must not become the file's, with the roles the file gives. */
    private void checkAccount(WantedUser wanted, List<ConfigProblem> problems) {
        NewUser user = wanted.user();
        Optional<User> holder = users.byUsername(user.username());
        if (holder.isPresent() && !holder.get().source().equals(Provisioning.SOURCE)) {
            problems.add(wanted.place()
                    .problem(
                            "the user name " + user.username() + " belongs to an account that no file made",
                            "choose another user name, or remove the entry"));
        } else if (user.email() != null) {
            users.byLogin(user.email())
                    .filter(other ->
                            holder.isEmpty() || !other.id().equals(holder.get().id()))
                    .ifPresent(other -> problems.add(wanted.place()
                            .problem("the mail address belongs to another account", "choose another address")));
        }
    }

    private void checkPassword(WantedUser wanted, boolean trial, List<ConfigProblem> problems) {
        NewUser user = wanted.user();
        SecretValue password = wanted.password();
        if (password != null) {
            passwords
                    .problem(
                            password,
                            user.username(),
                            user.email(),
                            user.profile().name())
                    .filter(problem -> !trial || tooWeakForAnything(problem, password))
                    .ifPresent(problem -> problems.add(wanted.passwordPlace()
                            .problem("the password " + spoken(problem), "choose another, or a long random one")));
        }
        SecretValue hash = wanted.passwordHash();
        if (hash != null && !passwords.acceptsHash(hash.reveal())) {
            problems.add(wanted.passwordPlace()
                    .problem(
                            "the password hash is not one this server can check",
                            "give an Argon2id hash such as $argon2id$v=19$m=19456,t=2,p=1$salt$hash, in single"
                                    + " quotes"));
        }
    }

    private static boolean tooWeakForAnything(PasswordProblem problem, SecretValue password) {
        String text = password.reveal();
        return problem instanceof PasswordProblem.TooLong
                || text.codePointCount(0, text.length()) < Passwords.SHORTEST_EVER;
    }

    private static String spoken(PasswordProblem problem) {
        return switch (problem) {
            case PasswordProblem.TooShort tooShort -> "is shorter than " + tooShort.minimum() + " characters";
            case PasswordProblem.TooLong tooLong -> "is longer than " + tooLong.maximum() + " characters";
            case PasswordProblem.ContainsName named -> "contains a name of the person or of this service";
            case PasswordProblem.Repetitive repetitive -> "is too regular";
        };
    }
}
