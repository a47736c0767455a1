package dev.signet.login;

import dev.signet.clients.Client;
import dev.signet.clients.Subjects;
import dev.signet.consents.Consents;
import dev.signet.refusals.Reason;
import dev.signet.sessions.Browser;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * The one decision what a person must still show: {@code prompt}, {@code max_age}, {@code id_token_hint} and the demanded
 * level (OpenID Connect Core sections 3.1.2.1 and 3.1.2.3) against the session there is and the steps the flow has seen.
 *
 * <p>It is asked again after each step; the order of its questions is the order of the pages.
 */
@Service
public class AuthenticationRequirements {

    /** The level of a sign-in by password alone; the levels we offer are advertised in the metadata. */
    public static final String ACR_PASSWORD = "urn:signet:acr:password";

    /** The means of a sign-in by password (RFC 8176). */
    public static final List<String> AMR_PASSWORD = List.of("pwd");

    private final SsoSessions sessions;
    private final Consents consents;
    private final Subjects subjects;
    private final Clock clock;

    AuthenticationRequirements(SsoSessions sessions, Consents consents, Subjects subjects, Clock clock) {
        this.sessions = sessions;
        this.consents = consents;
        this.subjects = subjects;
        this.clock = clock;
    }

    /**
     * Decides.
     *
     * @param flow the flow the request has come so far in; empty on its first visit
     */
    public Decision decide(
            SignInWish wish, Optional<SsoSession> session, Optional<LoginFlow> flow, Optional<Browser> browser) {
        if (flow.filter(LoginFlow::denied).isPresent()) {
            return new Decision.Refuse(Reason.ACCESS_DENIED);
        }
        if (!wish.essentialAcrs().isEmpty() && !wish.essentialAcrs().contains(ACR_PASSWORD)) {
            return new Decision.Refuse(Reason.ACR_UNMET);
        }
        Decision decision = signedIn(wish, session, flow, browser);
        if (decision instanceof Decision.Ask ask && wish.prompt("none")) {
            return new Decision.Refuse(
                    switch (ask.step()) {
                        case CONSENT -> Reason.CONSENT_REQUIRED;
                        case CHOOSE_ACCOUNT -> Reason.SELECTION_REQUIRED;
                        case SIGN_IN, SIGN_IN_AS_OTHER, CONFIRM -> Reason.LOGIN_REQUIRED;
                    });
        }
        return decision;
    }

    private Decision signedIn(
            SignInWish wish, Optional<SsoSession> session, Optional<LoginFlow> flow, Optional<Browser> browser) {
        boolean chosen = flow.filter(LoginFlow::chosen).isPresent();
        if (wish.prompt("select_account") && !chosen && remembersAny(session, browser)) {
            return new Decision.Ask(Step.CHOOSE_ACCOUNT);
        }
        if (session.isEmpty()) {
            return new Decision.Ask(Step.SIGN_IN);
        }
        SsoSession current = session.get();
        boolean shownHere = flow.filter(f -> current.id().equals(f.sessionId())).isPresent();
        if (wish.subject() != null && !wish.subject().equals(subjects.of(wish.client(), current.userId()))) {
            // They were sent to sign in as the person the app expects, and somebody else did.
            return shownHere ? new Decision.Refuse(Reason.OTHER_PERSON) : new Decision.Ask(Step.SIGN_IN_AS_OTHER);
        }
        if (!shownHere && (wish.prompt("login") || tooOld(wish, current))) {
            return new Decision.Ask(Step.CONFIRM);
        }
        return consented(wish, current, flow);
    }

    private boolean remembersAny(Optional<SsoSession> session, Optional<Browser> browser) {
        return session.isPresent()
                || browser.filter(b -> !sessions.rememberedAccounts(b).isEmpty())
                        .isPresent();
    }

    private boolean tooOld(SignInWish wish, SsoSession session) {
        return wish.maxAge() != null
                && !session.passwordAt().plus(wish.maxAge()).isAfter(Instant.now(clock));
    }

    private Decision consented(SignInWish wish, SsoSession session, Optional<LoginFlow> flow) {
        Set<String> allowed = flow.filter(f -> session.userId().equals(f.userId()))
                .map(LoginFlow::allowedScopes)
                .orElse(null);
        if (allowed != null) {
            // Unchecking all that an app asked for is a no.
            return both(wish.scope(), allowed).isEmpty()
                    ? new Decision.Refuse(Reason.ACCESS_DENIED)
                    : proceed(wish, session, allowed);
        }
        if (wish.prompt("consent")) {
            return new Decision.Ask(Step.CONSENT);
        }
        Client client = wish.client();
        if (!client.consentRequired()) {
            return proceed(wish, session, wish.asked());
        }
        Consents.Answer answer = consents.answer(session.userId(), client.clientId());
        boolean some = !both(wish.scope(), answer.granted()).isEmpty();
        return some && answer.covers(wish.asked())
                ? proceed(wish, session, answer.granted())
                : new Decision.Ask(Step.CONSENT);
    }

    private static Decision proceed(SignInWish wish, SsoSession session, Set<String> allowed) {
        return new Decision.Proceed(session, both(wish.scope(), allowed), both(wish.claimScopes(), allowed));
    }

    private static Set<String> both(Set<String> wished, Set<String> allowed) {
        Set<String> scope = new LinkedHashSet<>(wished);
        scope.retainAll(allowed);
        return scope;
    }
}
