package dev.signet.protocol;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.Client;
import dev.signet.clients.Clients;
import dev.signet.clients.Subjects;
import dev.signet.login.FormGuard;
import dev.signet.protocol.IdTokenHints.Hint;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.theme.AppView;
import dev.signet.theme.LogoutPage;
import dev.signet.theme.Pages;
import dev.signet.theme.SignedOutPage;
import dev.signet.theme.Wishes;
import dev.signet.users.User;
import dev.signet.users.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * Signing out (OpenID Connect RP-Initiated Logout 1.0): {@code /logout}, open to everybody, about the session of the
 * browser that asks.
 *
 * <p>With an ID token of that very session there is no question; without, the person is asked first, or any page on the
 * web could sign people out. The browser goes back to an address only if the app has registered it.
 *
 * <p>A request by POST is answered by a redirect to the same request by GET, as at the authorization endpoint: browsers send
 * no Lax cookie with a post from another site, so the session would not be seen, and not be ended.
 */
@Controller
class EndSessionEndpoint {

    static final String PATH = "/logout";

    private static final String FORM = "logout";

    private final IdTokenHints hints;
    private final Clients clients;
    private final Subjects subjects;
    private final SsoSessions sessions;
    private final Users users;
    private final FormGuard forms;
    private final Pages pages;
    private final AuditTrail audit;
    private final Issuer issuer;

    EndSessionEndpoint(
            IdTokenHints hints,
            Clients clients,
            Subjects subjects,
            SsoSessions sessions,
            Users users,
            FormGuard forms,
            Pages pages,
            AuditTrail audit,
            Issuer issuer) {
        this.hints = hints;
        this.clients = clients;
        this.subjects = subjects;
        this.sessions = sessions;
        this.users = users;
        this.forms = forms;
        this.pages = pages;
        this.audit = audit;
        this.issuer = issuer;
    }

    /** A valid request: which app asks, for which session, and where the browser goes afterwards. */
    private record Wish(
            Optional<Client> client,
            Optional<Hint> hint,
            @Nullable String back,
            @Nullable String state,
            Wishes look) {

        Optional<String> address() {
            if (back == null) {
                return Optional.empty();
            }
            String query = state == null ? "" : (back.contains("?") ? "&" : "?") + "state=" + Parameters.encode(state);
            return Optional.of(back + query);
        }
    }

    @RequestMapping(
            path = PATH,
            method = {RequestMethod.GET, RequestMethod.POST})
    void signOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Parameters parameters = Parameters.of(request);
        Wish wish = read(parameters);
        if (request.getMethod().equals("POST") && !parameters.has(FormGuard.FIELD)) {
            SeeOther.to(issuer.url(PATH + "?" + parameters.encoded()), response);
            return;
        }
        Optional<SsoSession> session = sessions.current(request);
        if (session.isEmpty()) {
            done(wish, request, response);
        } else if (isOf(session.get(), wish)) {
            end(session.get(), wish, request, response);
        } else if (request.getMethod().equals("POST")) {
            confirmed(session.get(), parameters, wish, request, response);
        } else {
            ask(session.get(), parameters, wish, request, response);
        }
    }

    private Wish read(Parameters parameters) {
        if (parameters.repeated().isPresent() || parameters.malformed().isPresent()) {
            throw new Refused(Reason.REQUEST_MALFORMED);
        }
        if (parameters.encoded().length() > AuthorizationEndpoint.LONGEST_QUERY) {
            throw new Refused(Reason.REQUEST_TOO_LARGE);
        }
        Optional<Hint> hint = parameters.optional("id_token_hint").flatMap(hints::read);
        String clientId = parameters.value("client_id");
        if (clientId != null && hint.filter(h -> !h.clientId().equals(clientId)).isPresent()) {
            throw new Refused(Reason.SIGN_OUT_CLIENT_DIFFERS);
        }
        Optional<Client> client =
                hint.map(Hint::clientId).or(() -> Optional.ofNullable(clientId)).flatMap(clients::byClientId);
        String back = parameters.value("post_logout_redirect_uri");
        if (back != null && client.filter(c -> c.allowsSignOutRedirect(back)).isEmpty()) {
            throw new Refused(Reason.SIGN_OUT_REDIRECT_UNKNOWN, back);
        }
        return new Wish(
                client, hint, back, parameters.value("state"), Wishes.uiLocales(parameters.value("ui_locales")));
    }

    /** Whether the ID token was made in this session, for this person. */
    private boolean isOf(SsoSession session, Wish wish) {
        return wish.hint()
                .filter(hint -> isAbout(hint, session.userId(), wish))
                .filter(hint -> sessions.sidFor(session.id(), hint.clientId()).equals(hint.sid()))
                .isPresent();
    }

    /** As the app knows the person now, or knew them before its subjects became pairwise. */
    private boolean isAbout(Hint hint, UUID userId, Wish wish) {
        return hint.subject().equals(userId.toString())
                || wish.client()
                        .filter(client -> hint.subject().equals(subjects.of(client, userId)))
                        .isPresent();
    }

    private void confirmed(
            SsoSession session,
            Parameters parameters,
            Wish wish,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        forms.check(request, FORM, session.id(), "");
        if (parameters.has("cancel")) {
            SeeOther.to(issuer.url("/account"), response);
            return;
        }
        end(session, wish, request, response);
    }

    private void end(SsoSession session, Wish wish, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        sessions.signOut(session, request, response);
        audit.record(AuditEvent.of(AuditKind.SIGNED_OUT)
                .user(session.userId())
                .session(session.id())
                .client(wish.client().map(Client::clientId).orElse(null)));
        done(wish, request, response);
    }

    private void ask(
            SsoSession session,
            Parameters parameters,
            Wish wish,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Map<String, String> hidden = new LinkedHashMap<>();
        hidden.put(FormGuard.FIELD, forms.token(FORM, session.id(), ""));
        for (String name : List.of("client_id", "id_token_hint", "post_logout_redirect_uri", "state", "ui_locales")) {
            parameters.optional(name).ifPresent(value -> hidden.put(name, value));
        }
        List<String> apps = sessions.clients(session).stream()
                .map(id -> clients.byClientId(id).map(Client::name).orElse(id))
                .toList();
        String account =
                users.byId(session.userId()).map(EndSessionEndpoint::login).orElse("");
        pages.render(
                new LogoutPage(issuer.url(PATH), hidden, app(wish), account, apps),
                200,
                wish.look(),
                request,
                response);
    }

    private void done(Wish wish, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (wish.hint().isPresent() && wish.address().isPresent()) {
            SeeOther.to(wish.address().get(), response);
            return;
        }
        // Without an ID token the app is only claimed: the person decides whether to go back.
        pages.render(
                new SignedOutPage(app(wish), wish.address().orElse(null), issuer.url("/login")),
                200,
                wish.look(),
                request,
                response);
    }

    private static String login(User user) {
        String email = user.email();
        return email == null ? user.username() : email;
    }

    private static @Nullable AppView app(Wish wish) {
        return wish.client().map(client -> AppView.named(client.name())).orElse(null);
    }
}
