package dev.signet.login;

import dev.signet.refusals.Reason;
import dev.signet.sessions.SsoSession;
import java.util.Set;

/** What is to happen next with an authorization request. */
public sealed interface Decision {

    /** Nothing is missing: the app may have these scopes. */
    record Proceed(SsoSession session, Set<String> scope) implements Decision {}

    /** The person must be shown a page. */
    record Ask(Step step) implements Decision {}

    /** The app is told no. */
    record Refuse(Reason reason) implements Decision {}
}
