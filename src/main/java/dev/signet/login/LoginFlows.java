package dev.signet.login;

import dev.signet.audit.RequestTrace;
import dev.signet.clients.Client;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.protection.SignInGuard;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.Browser;
import dev.signet.sessions.SsoSession;
import dev.signet.site.Issuer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Sign-in flows: opened when a person must be asked something, moved on by the pages, spent together with the answer to
 * the app. Two tabs are two flows; all flows of a browser share its one cookie.
 */
@Service
public class LoginFlows {

    /** Where flows of apps go on: the endpoint that opened them, which decides what is still missing. */
    private static final String AUTHORIZE = "/oauth2/authorize";

    private final LoginFlowStore store;
    private final Handles handles;
    private final Ids ids;
    private final SignInGuard guard;
    private final LoginProperties properties;
    private final Issuer issuer;
    private final Clock clock;

    LoginFlows(
            LoginFlowStore store,
            Handles handles,
            Ids ids,
            SignInGuard guard,
            LoginProperties properties,
            Issuer issuer,
            Clock clock) {
        this.store = store;
        this.handles = handles;
        this.ids = ids;
        this.guard = guard;
        this.properties = properties;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Opens a flow for an app's authorization request.
     *
     * @param request the validated request, form-encoded
     */
    public LoginFlow open(Client client, String request, Browser browser) {
        return open(client.clientId(), request, null, browser);
    }

    /** Opens a flow that leads to a page of our own. */
    public LoginFlow open(String target, Browser browser) {
        return open(null, null, target, browser);
    }

    private LoginFlow open(
            @Nullable String clientId, @Nullable String request, @Nullable String target, Browser browser) {
        if (!guard.admitFlow(RequestTrace.current().address()).admitted()) {
            throw new Refused(Reason.TOO_MANY_REQUESTS, "flows opened from one address");
        }
        Instant now = Instant.now(clock);
        Handle handle = handles.mint(HandleKind.FLOW, ids.next());
        LoginFlow flow = new LoginFlow(
                handle.value().reveal(), handle.id(), clientId, request, target, null, null, null, false, null, false);
        store.insert(flow, browser.digest(), now, now.plus(properties.flowLifetime()));
        return flow;
    }

    /** The flow an address names, as far as it is this browser's. */
    public FlowLookup find(@Nullable String handle, Optional<Browser> browser) {
        Optional<Handle> parsed = handles.parse(HandleKind.FLOW, handle);
        if (parsed.isEmpty()) {
            return new FlowLookup.Unknown();
        }
        return store.find(
                parsed.get().id(),
                parsed.get().value().reveal(),
                browser.map(Browser::digest).orElse(null),
                Instant.now(clock));
    }

    /**
     * The session a flow has started by now. Until the surrounding transaction ends no other request can start one in
     * this flow, so that many submits of one form start one session between them.
     */
    Optional<UUID> lockedSession(LoginFlow flow) {
        return store.lockedSession(flow.id());
    }

    void passwordShown(LoginFlow flow, SsoSession session) {
        store.passwordShown(flow.id(), session.userId(), session.passwordAt(), session.id());
    }

    void chosen(LoginFlow flow) {
        store.chosen(flow.id());
    }

    void allowed(LoginFlow flow, UUID userId, Set<String> scopes) {
        store.allowed(flow.id(), userId, scopes);
    }

    void denied(LoginFlow flow) {
        store.denied(flow.id());
    }

    /** Spends a flow with the answer it led to; {@code false} if it was spent before. */
    public boolean spend(LoginFlow flow) {
        return store.spend(flow.id(), Instant.now(clock));
    }

    /** Where the browser goes on after a step. */
    String onward(LoginFlow flow) {
        if (flow.clientId() == null) {
            return issuer.url(flow.target() == null ? "/account" : flow.target());
        }
        return issuer.url(AUTHORIZE + "?flow=" + flow.handle());
    }

    /** Where a browser starts afresh with the target of a flow that is over or not its own. */
    public String afresh(LoginFlow flow) {
        if (flow.request() == null) {
            return onward(flow);
        }
        return issuer.url(AUTHORIZE + "?" + flow.request());
    }
}
