package dev.signet.provisioning;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.Api;
import dev.signet.clients.Apis;
import dev.signet.clients.Client;
import dev.signet.clients.ClientSecrets;
import dev.signet.clients.Clients;
import dev.signet.clients.Scopes;
import dev.signet.credentials.Passwords;
import dev.signet.crypto.Digest;
import dev.signet.crypto.Ids;
import dev.signet.crypto.KeyedHash;
import dev.signet.crypto.SecretValue;
import dev.signet.provisioning.Config.WantedApi;
import dev.signet.provisioning.Config.WantedClient;
import dev.signet.provisioning.Config.WantedScope;
import dev.signet.provisioning.Config.WantedUser;
import dev.signet.users.NewUser;
import dev.signet.users.User;
import dev.signet.users.UserRefused;
import dev.signet.users.Users;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the database say what the configuration files say: all of it in one transaction, or nothing.
 *
 * <p>What is as it should be is not touched, so a second start leaves no trace. A client that left the files is disabled
 * (it comes back with its entry); a person who left them is only named in the log, since they may hold data elsewhere. A
 * secret is set when it is new in the file or changed there; a password that its owner has changed since stays theirs.
 */
@Service
class Provisioning {

    /** The source of whatever the files own. */
    static final String SOURCE = "file";

    private static final Logger log = LoggerFactory.getLogger(Provisioning.class);
    private static final String FINGERPRINT = "provisioned secret";

    private final Scopes scopes;
    private final Apis apis;
    private final Clients clients;
    private final ClientSecrets clientSecrets;
    private final Users users;
    private final Passwords passwords;
    private final ProvisioningStore store;
    private final ConfigCheck check;
    private final KeyedHash keyedHash;
    private final Ids ids;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Provisioning(
            Scopes scopes,
            Apis apis,
            Clients clients,
            ClientSecrets clientSecrets,
            Users users,
            Passwords passwords,
            ProvisioningStore store,
            ConfigCheck check,
            KeyedHash keyedHash,
            Ids ids,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.scopes = scopes;
        this.apis = apis;
        this.clients = clients;
        this.clientSecrets = clientSecrets;
        this.users = users;
        this.passwords = passwords;
        this.store = store;
        this.check = check;
        this.keyedHash = keyedHash;
        this.ids = ids;
        this.audit = audit;
        this.transactions = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Applies the files.
     *
     * @return how many entries were added or changed
     * @throws ConfigRefused if anything is wrong with them
     */
    int apply(List<ConfigFile> files, SecretReferences references) {
        Config config = ConfigReader.read(files, references);
        Integer changes = transactions.execute(status -> {
            store.takeTurn();
            check.refuseUnlessApplicable(config, references.literalsAllowed());
            return applyAll(config, files);
        });
        return changes == null ? 0 : changes;
    }

    private int applyAll(Config config, List<ConfigFile> files) {
        int changed = 0;
        for (WantedScope wanted : config.scopes()) {
            changed += scopes.put(wanted.scope()) ? 1 : 0;
        }
        for (WantedApi wanted : config.apis()) {
            changed += apis.register(wanted.api()) ? 1 : 0;
        }
        for (WantedClient wanted : config.clients()) {
            changed += applyClient(wanted) ? 1 : 0;
        }
        for (WantedUser wanted : config.users()) {
            changed += applyUser(wanted) ? 1 : 0;
        }
        changed += disableApisThatLeft(config);
        changed += disableClientsThatLeft(config);
        nameUsersThatLeft(config);
        note(files, changed);
        return changed;
    }

    private boolean applyClient(WantedClient wanted) {
        String clientId = wanted.client().clientId();
        boolean changed = clients.register(wanted.client());
        String owner = "client:" + clientId;
        SecretValue secret = wanted.secret();
        if (secret == null) {
            if (store.deleteFingerprint(owner)) {
                clientSecrets.withdrawChosen(clientId);
                return true;
            }
        } else if (!applied(owner, secret)) {
            clientSecrets.choose(clientId, secret);
            remember(owner, secret);
            return true;
        }
        return changed;
    }

    private boolean applyUser(WantedUser wanted) {
        try {
            Optional<User> before = users.byUsername(wanted.user().username());
            boolean changed = before.isEmpty() || !asWanted(before.get()).equals(wanted.user());
            User user;
            if (before.isEmpty()) {
                user = users.create(wanted.user());
            } else {
                user = changed ? users.update(before.get().id(), wanted.user()) : before.get();
            }
            return applyPassword(user.id(), wanted) || changed;
        } catch (UserRefused e) {
            throw new ConfigRefused(List.of(wanted.place().problem(e.problem().text(), "correct the entry")));
        }
    }

    private static NewUser asWanted(User user) {
        return new NewUser(
                user.username(),
                user.email(),
                user.emailVerified(),
                user.profile(),
                user.roles(),
                user.attributes(),
                user.source());
    }

    private boolean applyPassword(UUID userId, WantedUser wanted) {
        SecretValue given = wanted.password() == null ? wanted.passwordHash() : wanted.password();
        String owner = "user:" + userId;
        if (given == null || applied(owner, given)) {
            return false;
        }
        if (wanted.password() != null) {
            passwords.set(userId, given);
        } else {
            passwords.setHash(userId, given.reveal());
        }
        remember(owner, given);
        audit.record(AuditEvent.of(AuditKind.PASSWORD_CHANGED).user(userId).actor(SOURCE));
        return true;
    }

    private boolean applied(String owner, SecretValue secret) {
        return store.fingerprint(owner)
                .filter(known -> keyedHash.matches(FINGERPRINT, owner + " " + secret.reveal(), known))
                .isPresent();
    }

    private void remember(String owner, SecretValue secret) {
        store.saveFingerprint(owner, keyedHash.of(FINGERPRINT, owner + " " + secret.reveal()));
    }

    private int disableApisThatLeft(Config config) {
        Set<String> named =
                config.apis().stream().map(wanted -> wanted.api().identifier()).collect(Collectors.toSet());
        int disabled = 0;
        for (Api api : apis.bySource(SOURCE)) {
            if (!api.disabled() && !named.contains(api.identifier())) {
                apis.disable(api.identifier(), "left the configuration file");
                log.warn("The API {} is no longer in the configuration files and is disabled now", api.identifier());
                disabled++;
            }
        }
        return disabled;
    }

    private int disableClientsThatLeft(Config config) {
        Set<String> named = config.clients().stream()
                .map(wanted -> wanted.client().clientId())
                .collect(Collectors.toSet());
        int disabled = 0;
        for (Client client : clients.bySource(SOURCE)) {
            if (!client.disabled() && !named.contains(client.clientId())) {
                clients.disable(client.clientId(), "left the configuration file");
                log.warn(
                        "The client {} is no longer in the configuration files and is disabled now", client.clientId());
                disabled++;
            }
        }
        return disabled;
    }

    private void nameUsersThatLeft(Config config) {
        Set<String> named =
                config.users().stream().map(wanted -> wanted.user().username()).collect(Collectors.toSet());
        for (User user : users.bySource(SOURCE)) {
            if (!named.contains(user.username())) {
                log.warn("The person {} is no longer in the configuration files, but may still sign in", user.id());
            }
        }
    }

    private void note(List<ConfigFile> files, int changed) {
        String source = files.stream().map(ConfigFile::name).collect(Collectors.joining(", "));
        byte[] digest = Digest.sha256(
                files.stream().map(file -> file.name() + "\0" + file.text()).collect(Collectors.joining("\0")));
        boolean sameFiles =
                store.lastDigest().filter(last -> Arrays.equals(last, digest)).isPresent();
        if (changed == 0 && sameFiles) {
            return;
        }
        store.addRun(ids.next(), source, digest, "applied: " + changed + " changes", clock.instant());
        audit.record(AuditEvent.of(AuditKind.CONFIG_APPLIED)
                .actor(SOURCE)
                .detail("files", source)
                .detail("changes", Integer.toString(changed)));
    }
}
