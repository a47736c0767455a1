package dev.signet.login;

import dev.signet.refusals.Reason;
import dev.signet.sessions.SsoSession;
import java.util.Set;

/** What is to happen next with an authorization request. */
public sealed interface Decision {

    /**
     * Nothing is missing.
     *
     * @param scope what the app may have
     * @param claimScopes scopes of which it may have the single claims it asks for
     */
    record Proceed(SsoSession session, Set<String> scope, Set<String> claimScopes) implements Decision {}

    /** The person must be shown a page. */
    record Ask(Step step) implements Decision {}

    /** The app is told no. */
    record Refuse(Reason reason) implements Decision {}
}
