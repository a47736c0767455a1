package dev.signet.users;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.crypto.Ids;
import java.text.Normalizer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people who have an account.
 *
 * <p>User names and mail addresses are kept in {@link #canonical} form and are unique together: since a name with an
 * {@code @} must be the account's own address, nobody can take another person's address as a name and receive their
 * sign-in.
 */
@Service
public class Users {

    /** The role of those who administer this server. */
    public static final String OWNER = "owner";

    private final UserStore store;
    private final Ids ids;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Users(UserStore store, Ids ids, AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    public Optional<User> byId(UUID id) {
        return store.byId(id);
    }

    /** Finds the person by what they typed: mail address or user name, in any case, with spaces around it. */
    public Optional<User> byLogin(String typed) {
        String canonical = canonical(typed);
        return UserRules.plausibleLogin(canonical) ? store.byLogin(canonical) : Optional.empty();
    }

    public Optional<User> byUsername(String username) {
        String canonical = canonical(username);
        return UserRules.plausibleLogin(canonical) ? store.byUsername(canonical) : Optional.empty();
    }

    /** All people kept by one source. */
    public List<User> bySource(String source) {
        return store.bySource(source);
    }

    /** Whether anyone has the role, disabled people included. */
    public boolean anyoneHas(String role) {
        return store.anyoneHas(role);
    }

    /**
     * Makes an account; it has no password yet.
     *
     * @throws UserRefused when a rule forbids it or the name or address is taken
     */
    @Transactional
    public User create(NewUser wanted) {
        NewUser user = UserRules.checked(wanted);
        UUID id = ids.next();
        try {
            store.insert(id, user, clock.instant());
        } catch (DuplicateKeyException e) {
            throw taken(e);
        }
        audit.record(AuditEvent.of(AuditKind.USER_CREATED).user(id).actor(actor(user)));
        return store.byId(id).orElseThrow();
    }

    /**
     * Replaces all there is to know of a person but their id and whether they are disabled.
     *
     * @throws UserRefused when a rule forbids it or the name or address is taken
     */
    @Transactional
    public User update(UUID id, NewUser wanted) {
        NewUser user = UserRules.checked(wanted);
        try {
            store.update(id, user, clock.instant());
        } catch (DuplicateKeyException e) {
            throw taken(e);
        }
        audit.record(AuditEvent.of(AuditKind.USER_CHANGED).user(id).actor(actor(user)));
        return store.byId(id).orElseThrow();
    }

    /** Bars a person from signing in and, by {@link UserDisabled}, ends what they have open. Harmless when repeated. */
    @Transactional
    public void disable(UUID id, String reason) {
        if (store.setDisabledAt(id, clock.instant(), clock.instant()) == 1) {
            audit.record(AuditEvent.of(AuditKind.USER_DISABLED).user(id).reason(reason));
            events.publishEvent(new UserDisabled(id));
        }
    }

    /** Lets a disabled person sign in again. */
    @Transactional
    public void enable(UUID id) {
        if (store.setDisabledAt(id, null, clock.instant()) == 1) {
            audit.record(AuditEvent.of(AuditKind.USER_ENABLED).user(id));
        }
    }

    /**
     * What would be kept of this: the same in canonical form.
     *
     * @throws UserRefused when a rule forbids it
     */
    public static NewUser checked(NewUser wanted) {
        return UserRules.checked(wanted);
    }

    /** The form in which names and addresses are kept and compared: NFKC, without spaces around, in lower case. */
    public static String canonical(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    /** The address as it may be shown to who has not proved to be the person: {@code a•••@example.com}. */
    public static String maskedEmail(String email) {
        int at = email.lastIndexOf('@');
        return at < 1 ? "•••" : email.substring(0, email.offsetByCodePoints(0, 1)) + "•••" + email.substring(at);
    }

    private static String actor(NewUser user) {
        return user.source();
    }

    private static UserRefused taken(DuplicateKeyException e) {
        boolean email = String.valueOf(e.getMessage()).contains("user_account_email");
        return new UserRefused(email ? UserRefused.Problem.EMAIL_TAKEN : UserRefused.Problem.USERNAME_TAKEN);
    }
}
