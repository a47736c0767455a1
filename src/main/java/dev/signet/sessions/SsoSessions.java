package dev.signet.sessions;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.audit.RequestTrace;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.crypto.KeyedHash;
import dev.signet.sessions.SessionEnded.EndReason;
import dev.signet.users.UserDisabled;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Starts, finds and ends sign-in sessions. A session exists only after every required factor was shown; a half-finished
 * sign-in is a flow, never a session. A browser has one session at a time.
 */
@Service
public class SsoSessions {

    private final SsoSessionStore store;
    private final SignInCookies cookies;
    private final Handles handles;
    private final Ids ids;
    private final KeyedHash keyedHash;
    private final SessionsProperties properties;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SsoSessions(
            SsoSessionStore store,
            SignInCookies cookies,
            Handles handles,
            Ids ids,
            KeyedHash keyedHash,
            SessionsProperties properties,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.cookies = cookies;
        this.handles = handles;
        this.ids = ids;
        this.keyedHash = keyedHash;
        this.properties = properties;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** The live session of the browser that sent the request: one statement, none without a genuine cookie. */
    public Optional<SsoSession> current(HttpServletRequest request) {
        String attribute = SsoSession.class.getName();
        if (request.getAttribute(attribute) instanceof SsoSession known) {
            return Optional.of(known);
        }
        Optional<SsoSession> found = cookies.session(request).flatMap(this::find);
        found.ifPresent(session -> request.setAttribute(attribute, session));
        return found;
    }

    private Optional<SsoSession> find(Handle handle) {
        Instant now = Instant.now(clock);
        return store.find(handle.id(), handle.digest(), now, now.minus(properties.idle(false)));
    }

    /**
     * Records that a person has shown their password at this browser, and hands the browser a fresh session cookie: a
     * cookie known to anyone before the sign-in is worth nothing after it (session fixation).
     *
     * <p>The same person keeps the session they had (its apps stay known to it); anybody else's session at this browser
     * ends first.
     *
     * @param earlier the session this browser had, or the one an earlier submit of the same form has started
     */
    @Transactional
    public SsoSession passwordShown(
            UUID userId,
            Browser browser,
            Optional<SsoSession> earlier,
            boolean remember,
            HttpServletRequest request,
            HttpServletResponse response) {
        Instant now = Instant.now(clock);
        boolean same =
                earlier.filter(session -> session.userId().equals(userId)).isPresent();
        boolean keep = remember || (same && earlier.get().remembered());
        if (!same) {
            earlier.ifPresent(session -> end(session.id(), EndReason.REPLACED));
        }
        UUID id = same ? earlier.get().id() : ids.next();
        Handle handle = handles.mint(HandleKind.SESSION, id);
        Instant expires = now.plus(properties.absolute(keep));
        SsoSession session = new SsoSession(id, userId, browser.id(), now, keep);
        if (!same || !store.renew(session, handle.digest(), expires)) {
            if (same) {
                // It ended while the person typed: start anew rather than bring it back.
                return passwordShown(userId, browser, Optional.empty(), remember, request, response);
            }
            store.insert(session, handle.digest(), expires, RequestTrace.current());
            audit.record(AuditEvent.of(AuditKind.SESSION_STARTED).user(userId).session(id));
        }
        store.remember(browser.id(), userId, now, now.plus(properties.browserMemory()));
        cookies.writeSession(response, handle, keep);
        request.setAttribute(SsoSession.class.getName(), session);
        return session;
    }

    /** A session by its id, for a flow that has started it, as long as it lives. */
    public Optional<SsoSession> byId(UUID sessionId) {
        return store.byId(sessionId, Instant.now(clock));
    }

    /**
     * Records that an app signs its person in through this session; what the caller's transaction makes for the app ends
     * with the session, even if that ends at this very moment.
     *
     * @return {@code false} if the session has ended meanwhile
     */
    public boolean joined(SsoSession session, String clientId) {
        return store.join(session.id(), clientId, Instant.now(clock));
    }

    /**
     * The session id one app sees ({@code sid}, OpenID Connect Front-Channel Logout section 3): each app gets its own,
     * so that apps cannot join their knowledge of a person by it. It stays the same for as long as the session lasts,
     * whatever happens to the key it is made with.
     */
    public String sidFor(UUID sessionId, String clientId) {
        byte[] hash = keyedHash.asOf(Ids.timeOf(sessionId), "sid", sessionId + " " + clientId);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    }

    /** The apps that took part in a session. */
    public List<String> clients(SsoSession session) {
        return store.clients(session.id());
    }

    /** Signs the person out at this browser: the session ends, its cookie goes. */
    @Transactional
    public void signOut(SsoSession session, HttpServletRequest request, HttpServletResponse response) {
        end(session.id(), EndReason.SIGNED_OUT);
        request.removeAttribute(SsoSession.class.getName());
        cookies.clearSession(response);
    }

    /** Ends a session; does nothing if it has ended already. */
    @Transactional
    public void end(UUID sessionId, EndReason reason) {
        store.end(sessionId, reason, Instant.now(clock)).ifPresent(userId -> {
            audit.record(AuditEvent.of(AuditKind.SESSION_ENDED)
                    .user(userId)
                    .session(sessionId)
                    .reason(reason.name()));
            events.publishEvent(new SessionEnded(sessionId, reason));
        });
    }

    @EventListener
    @Transactional
    public void endAllOf(UserDisabled disabled) {
        for (UUID sessionId : store.ofUser(disabled.userId())) {
            end(sessionId, EndReason.USER_DISABLED);
        }
    }

    /** The accounts that have signed in at this browser, the latest first. */
    public List<UUID> rememberedAccounts(Browser browser) {
        return store.remembered(browser.id(), Instant.now(clock));
    }

    /** Whether this person has signed in at this browser before: their known device. */
    public boolean knows(Browser browser, UUID userId) {
        return store.knows(browser.id(), userId, Instant.now(clock));
    }

    /** Forgets an account at this browser, as the person asked. */
    public void forget(Browser browser, UUID userId) {
        store.forget(browser.id(), userId);
    }
}
