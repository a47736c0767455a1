package dev.signet.provisioning;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.credentials.PasswordProblem;
import dev.signet.credentials.Passwords;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.crypto.SecretValue;
import dev.signet.site.Issuer;
import dev.signet.users.NewUser;
import dev.signet.users.Profile;
import dev.signet.users.User;
import dev.signet.users.UserRefused;
import dev.signet.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets one person become the first administrator, by a link that only who can read the server's terminal or files knows.
 *
 * <p>The link works for an hour, once, and only as long as there is no administrator. Each start makes a new one and ends
 * the one before. Whatever may decide that (another start, another browser, a configuration file that names an
 * administrator) takes turns in the database, so that two never both win.
 */
@Service
public class FirstAdministrator {

    /** How long a link works. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private static final String PATH = "/setup?token=";

    private final SetupLinkStore links;
    private final ProvisioningStore turns;
    private final Users users;
    private final Passwords passwords;
    private final Handles handles;
    private final Ids ids;
    private final Issuer issuer;
    private final SetupLinkFile file;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    FirstAdministrator(
            SetupLinkStore links,
            ProvisioningStore turns,
            Users users,
            Passwords passwords,
            Handles handles,
            Ids ids,
            Issuer issuer,
            SetupLinkFile file,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.links = links;
        this.turns = turns;
        this.users = users;
        this.passwords = passwords;
        this.handles = handles;
        this.ids = ids;
        this.issuer = issuer;
        this.file = file;
        this.audit = audit;
        this.transactions = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** A link that works. */
    public record Link(Instant expiresAt) {}

    /** What came of an attempt to become the first administrator. */
    public sealed interface Outcome {

        /** There is an administrator now: this one. */
        record Created(UUID userId) implements Outcome {}

        /** The link is unknown, used, too old or replaced, or there is an administrator already. */
        record Dead() implements Outcome {}

        /** The name or address cannot be taken; the link still works. */
        record AccountRefused(UserRefused.Problem problem) implements Outcome {}

        /** The password cannot be taken; the link still works. */
        record PasswordRefused(PasswordProblem problem) implements Outcome {}
    }

    /** Whether the link works; says nothing about why it does not. Takes any text. */
    public Optional<Link> check(@Nullable String token) {
        return handles.parse(HandleKind.LINK, token)
                .flatMap(link -> links.expiry(link, clock.instant()))
                .map(Link::new);
    }

    /**
     * Makes the first administrator and spends the link, both or neither.
     *
     * @param email the person's mail address, also their user name
     * @param name what to call them; may be empty
     * @throws dev.signet.crypto.HashingBusy if too many hashes are waiting already
     */
    public Outcome claim(@Nullable String token, String email, String name, SecretValue password) {
        Optional<Handle> link = handles.parse(HandleKind.LINK, token);
        if (link.isEmpty() || links.expiry(link.get(), clock.instant()).isEmpty()) {
            audit.record(AuditEvent.of(AuditKind.SETUP_LINK_REFUSED).reason("the link does not work"));
            return new Outcome.Dead();
        }
        Optional<PasswordProblem> problem = passwords.problem(password, email, name);
        if (problem.isPresent()) {
            return new Outcome.PasswordRefused(problem.get());
        }
        try {
            Outcome outcome = transactions.execute(status -> createOnce(link.get(), email, name, password));
            if (outcome instanceof Outcome.Created) {
                file.delete();
            }
            return outcome == null ? new Outcome.Dead() : outcome;
        } catch (UserRefused e) {
            return new Outcome.AccountRefused(e.problem());
        }
    }

    private Outcome createOnce(Handle link, String email, String name, SecretValue password) {
        turns.takeTurn();
        if (!links.spend(link, clock.instant())) {
            audit.record(AuditEvent.of(AuditKind.SETUP_LINK_REFUSED).reason("another was quicker"));
            return new Outcome.Dead();
        }
        String called = name.isBlank() ? null : name.strip();
        User user = users.create(new NewUser(email, email, false, Profile.named(called), Set.of(Users.OWNER), "api"));
        passwords.set(user.id(), password);
        audit.record(
                AuditEvent.of(AuditKind.ADMINISTRATOR_CREATED).user(user.id()).reason("set-up link"));
        return new Outcome.Created(user.id());
    }

    /**
     * Makes a new link, in place of any earlier one, unless there is an administrator.
     *
     * @return the address to open
     */
    Optional<String> issueIfNeeded() {
        Optional<String> address = transactions.execute(status -> {
            turns.takeTurn();
            return users.anyoneHas(Users.OWNER) ? Optional.empty() : Optional.of(issue());
        });
        if (address.isEmpty()) {
            file.delete();
        }
        return address;
    }

    private String issue() {
        Instant now = clock.instant();
        Handle link = handles.mint(HandleKind.LINK, ids.next());
        links.replace(link, now, now.plus(LIFETIME));
        audit.record(AuditEvent.of(AuditKind.SETUP_LINK_ISSUED));
        return issuer.url(PATH + link.value().reveal());
    }
}
