package dev.signet.login;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.audit.RequestTrace;
import dev.signet.credentials.PasswordCheck;
import dev.signet.credentials.Passwords;
import dev.signet.crypto.SecretValue;
import dev.signet.login.FlowPages.Visit;
import dev.signet.protection.Admission;
import dev.signet.protection.SignInAttempt;
import dev.signet.protection.SignInGuard;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.users.User;
import dev.signet.users.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks a name and a password and, if they are right, starts or renews the session.
 *
 * <p>An unknown name, a wrong password and a disabled account take the same way through this class: the same statements,
 * one hash, one answer. An attempt is counted before the password is looked at, so that parallel requests cannot pass
 * the limit.
 */
@Service
class SignIn {

    /** Stands in for the account nobody has, where the same statement must run. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final Users users;
    private final Passwords passwords;
    private final SignInGuard guard;
    private final SsoSessions sessions;
    private final LoginFlows flows;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    SignIn(
            Users users,
            Passwords passwords,
            SignInGuard guard,
            SsoSessions sessions,
            LoginFlows flows,
            AuditTrail audit,
            TransactionTemplate transaction) {
        this.users = users;
        this.passwords = passwords;
        this.guard = guard;
        this.sessions = sessions;
        this.flows = flows;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** What became of an attempt. */
    sealed interface Outcome {
        record SignedIn(SsoSession session) implements Outcome {}

        record Wrong() implements Outcome {}

        record Throttled(Duration retryAfter) implements Outcome {}
    }

    Outcome attempt(
            Visit visit,
            String typedName,
            SecretValue password,
            boolean remember,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<User> user = users.byLogin(typedName);
        return attempt(visit, user, typedName, password, remember, request, response);
    }

    Outcome attempt(
            Visit visit,
            Optional<User> user,
            String typedName,
            SecretValue password,
            boolean remember,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<UUID> account = user.map(User::id);
        boolean known = sessions.knows(visit.browser(), account.orElse(NOBODY));
        SignInAttempt attempt = new SignInAttempt(
                typedName, account, known, RequestTrace.current().address());
        Admission admission = guard.admit(attempt);
        if (admission instanceof Admission.Refused refused) {
            audit.record(failed(AuditKind.SIGN_IN_THROTTLED, visit, user));
            return new Outcome.Throttled(refused.retryAfter());
        }
        // A refusal in disguise compares nothing with the account's password, and takes as long.
        PasswordCheck check = passwords.verify(admission.admitted() ? account : Optional.empty(), password);
        if (check instanceof PasswordCheck.Busy) {
            guard.giveBack(attempt);
            throw new Refused(Reason.UNAVAILABLE, "too many passwords to check");
        }
        if (!admission.admitted()) {
            audit.record(failed(AuditKind.SIGN_IN_THROTTLED, visit, user));
            return new Outcome.Wrong();
        }
        if (!(check instanceof PasswordCheck.Correct) || !user.orElseThrow().enabled()) {
            audit.record(failed(AuditKind.SIGN_IN_FAILED, visit, user)
                    .reason(user.isEmpty() ? "NO_SUCH_ACCOUNT" : reason(check)));
            return new Outcome.Wrong();
        }
        guard.giveBack(attempt);
        SsoSession session =
                transaction.execute(status -> start(visit, user.get().id(), remember, request, response));
        return new Outcome.SignedIn(session);
    }

    private SsoSession start(
            Visit visit, UUID userId, boolean remember, HttpServletRequest request, HttpServletResponse response) {
        // A second submit of the same form continues the session the first one started.
        Optional<UUID> started = flows.lockedSession(visit.flow());
        Optional<SsoSession> earlier = sessions.current(request).or(() -> started.flatMap(sessions::byId));
        SsoSession session = sessions.passwordShown(userId, visit.browser(), earlier, remember, request, response);
        flows.passwordShown(visit.flow(), session);
        audit.record(AuditEvent.of(AuditKind.SIGN_IN_SUCCEEDED)
                .user(userId)
                .session(session.id())
                .client(visit.flow().clientId()));
        return session;
    }

    private static String reason(PasswordCheck check) {
        return check instanceof PasswordCheck.Correct ? "ACCOUNT_DISABLED" : "WRONG_PASSWORD";
    }

    private static AuditEvent failed(AuditKind kind, Visit visit, Optional<User> user) {
        return AuditEvent.of(kind)
                .user(user.map(User::id).orElse(null))
                .client(visit.flow().clientId());
    }
}
