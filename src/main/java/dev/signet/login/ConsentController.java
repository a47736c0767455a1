package dev.signet.login;

import dev.signet.clients.Apis;
import dev.signet.clients.Client;
import dev.signet.clients.Scope;
import dev.signet.clients.Scopes;
import dev.signet.consents.Consents;
import dev.signet.login.FlowPages.Visit;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.site.Issuer;
import dev.signet.theme.ConsentPage;
import dev.signet.theme.ScopeView;
import dev.signet.users.User;
import dev.signet.users.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The consent page: {@code /oauth2/consent} (OpenID Connect Core section 3.1.2.4). For whoever is signed in at this
 * browser, about the app of the flow.
 */
@Controller
class ConsentController {

    /** What people may leave out; everything else an app asks for it gets whole or not at all. */
    private static final Set<String> OPTIONAL = Set.of("address", "phone");

    private static final String PERSON = "person";

    private final FlowPages flowPages;
    private final LoginFlows flows;
    private final SsoSessions sessions;
    private final Users users;
    private final Scopes scopes;
    private final Apis apis;
    private final Consents consents;
    private final TransactionTemplate transaction;
    private final Issuer issuer;

    ConsentController(
            FlowPages flowPages,
            LoginFlows flows,
            SsoSessions sessions,
            Users users,
            Scopes scopes,
            Apis apis,
            Consents consents,
            TransactionTemplate transaction,
            Issuer issuer) {
        this.flowPages = flowPages;
        this.flows = flows;
        this.sessions = sessions;
        this.users = users;
        this.scopes = scopes;
        this.apis = apis;
        this.consents = consents;
        this.transaction = transaction;
        this.issuer = issuer;
    }

    @GetMapping("/oauth2/consent")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Visit> opened = flowPages.opened(request, response);
        if (opened.isEmpty()) {
            return;
        }
        Visit visit = opened.get();
        Optional<User> user = sessions.current(request).map(SsoSession::userId).flatMap(users::byId);
        if (user.isEmpty() || visit.client().isEmpty()) {
            flowPages.onward(visit, response);
            return;
        }
        Client client = visit.client().get();
        URI redirect = redirect(visit, client);
        ConsentPage page = new ConsentPage(
                Step.CONSENT.address(issuer, visit.flow()),
                hidden(visit, user.get().id()),
                FlowPages.app(client),
                AccountChoice.login(user.get()),
                Step.SIGN_IN_AS_OTHER.address(issuer, visit.flow()),
                views(visit, user.get(), client),
                redirect.getHost() == null ? redirect.getScheme() + ":" : redirect.getHost(),
                isLocal(redirect));
        flowPages.render(page, 200, visit, request, response);
    }

    @PostMapping("/oauth2/consent")
    void submit(HttpServletRequest request, HttpServletResponse response) {
        Optional<Visit> posted = flowPages.posted(request, response);
        if (posted.isEmpty()) {
            return;
        }
        Visit visit = posted.get();
        Optional<SsoSession> session = sessions.current(request);
        if (session.isEmpty() || visit.client().isEmpty()) {
            flowPages.onward(visit, response);
            return;
        }
        Client client = visit.client().get();
        if (!session.get().userId().toString().equals(request.getParameter(PERSON))) {
            // The page was shown to somebody else, who signed in at this browser before: ask whoever is here now.
            flowPages.onward(visit, response);
            return;
        }
        if (request.getParameter("allow") == null) {
            consents.refuse(session.get().userId(), client.clientId());
            flowPages.turnBack(visit, response);
            return;
        }
        Set<String> allowed = allowed(visit, client, request.getParameterValues("scope"));
        Set<String> declined = new LinkedHashSet<>(requested(visit, client));
        declined.removeAll(allowed);
        transaction.executeWithoutResult(status -> {
            consents.grant(session.get().userId(), client.clientId(), allowed, declined);
            flows.allowed(visit.flow(), session.get().userId(), allowed);
        });
        flowPages.onward(visit, response);
    }

    /** What the app asked for, less the optional scopes the person has unchecked; the form cannot add any. */
    private Set<String> allowed(Visit visit, Client client, String @org.jspecify.annotations.Nullable [] checked) {
        Set<String> kept = checked == null ? Set.of() : new LinkedHashSet<>(Arrays.asList(checked));
        Set<String> allowed = new LinkedHashSet<>(requested(visit, client));
        allowed.removeIf(scope -> OPTIONAL.contains(scope) && !kept.contains(scope));
        return allowed;
    }

    /** The page says whose account it is about; the answer must come from that person. */
    private Map<String, String> hidden(Visit visit, UUID person) {
        Map<String, String> fields = flowPages.hidden(visit);
        fields.put(PERSON, person.toString());
        return fields;
    }

    /**
     * Nobody is asked for scopes that mean nothing to the APIs the app names (RFC 8707); for single claims, everybody is
     * asked as for the scopes that hold them.
     */
    private Set<String> requested(Visit visit, Client client) {
        Set<String> scope = RequestedScopes.of(visit.flow().parameter("scope").orElse(null), client);
        Set<String> requested =
                new LinkedHashSet<>(apis.narrow(scope, visit.flow().parameters("resource")));
        requested.addAll(NamedClaims.scopes(visit.flow().parameter("claims").orElse(null), client));
        return requested;
    }

    private List<ScopeView> views(Visit visit, User user, Client client) {
        Consents.Answer answer = consents.answer(user.id(), client.clientId());
        List<ScopeView> views = new ArrayList<>();
        for (String name : requested(visit, client)) {
            if (!name.equals("openid")) {
                String description = scopes.find(name).map(Scope::description).orElse(null);
                boolean left = answer.declined().contains(name);
                boolean isNew = !left
                        && !answer.granted().isEmpty()
                        && !answer.granted().contains(name);
                views.add(new ScopeView(name, description, !OPTIONAL.contains(name), isNew, !left));
            }
        }
        return views;
    }

    private static URI redirect(Visit visit, Client client) {
        return URI.create(visit.flow()
                .parameter("redirect_uri")
                .orElseGet(() -> client.redirectUris().getFirst()));
    }

    private static boolean isLocal(URI redirect) {
        String host = redirect.getHost();
        return host == null || host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
