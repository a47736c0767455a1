package dev.signet.login;

import dev.signet.clients.Client;
import dev.signet.clients.Clients;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.Browser;
import dev.signet.sessions.SignInCookies;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.theme.AppView;
import dev.signet.theme.Page;
import dev.signet.theme.Pages;
import dev.signet.theme.Wishes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the pages of a sign-in flow have in common: finding the flow, its form token, its app, its language, and the way
 * on. A flow that is over, or another browser's, leads to a fresh sign-in with the same target, never to a dead end.
 */
@Component
class FlowPages {

    /** In the address of a page whose browser was given a cookie on the way. */
    private static final String COOKIE_GIVEN = "cookie_given";

    private final LoginFlows flows;
    private final SignInCookies cookies;
    private final FormGuard forms;
    private final Clients clients;
    private final Pages pages;
    private final Issuer issuer;

    FlowPages(LoginFlows flows, SignInCookies cookies, FormGuard forms, Clients clients, Pages pages, Issuer issuer) {
        this.flows = flows;
        this.cookies = cookies;
        this.forms = forms;
        this.clients = clients;
        this.pages = pages;
        this.issuer = issuer;
    }

    /** A flow under way and the browser it belongs to. */
    record Visit(LoginFlow flow, Browser browser, Optional<Client> client) {}

    /** The flow a page is opened for; empty if the browser was sent elsewhere instead. */
    Optional<Visit> opened(HttpServletRequest request, HttpServletResponse response) {
        Optional<Browser> browser = cookies.browser(request);
        return switch (flows.find(request.getParameter("flow"), browser)) {
            case FlowLookup.Live live -> Optional.of(visit(live.flow(), browser.orElseThrow()));
            case FlowLookup.Over over -> {
                SeeOther.to(browser.isPresent() ? flows.afresh(over.flow()) : withCookie(request, response), response);
                yield Optional.empty();
            }
            case FlowLookup.Unknown unknown -> throw new Refused(Reason.FLOW_EXPIRED);
        };
    }

    /**
     * The same page once more, for a browser that sent no cookie: with one, that is another browser's flow; without any,
     * the browser takes none, and would be sent round and round.
     *
     * @throws Refused if it was given one already
     */
    private String withCookie(HttpServletRequest request, HttpServletResponse response) {
        if (request.getParameter(COOKIE_GIVEN) != null) {
            throw new Refused(Reason.COOKIES_MISSING);
        }
        cookies.browserOrNew(request, response);
        return issuer.url(request.getServletPath() + "?" + request.getQueryString() + "&" + COOKIE_GIVEN + "=true");
    }

    /** The flow a form is posted for, its token checked; empty if the browser was sent elsewhere instead. */
    Optional<Visit> posted(HttpServletRequest request, HttpServletResponse response) {
        if (cookies.browser(request).isEmpty()) {
            throw new Refused(Reason.COOKIES_MISSING);
        }
        Optional<Visit> visit = opened(request, response);
        visit.ifPresent(
                v -> forms.check(request, "flow", v.browser().id(), v.flow().handle()));
        return visit;
    }

    /** The same for forms with a Cancel button: whoever presses it turns back, and the app is told. */
    Optional<Visit> postedUnlessCancelled(HttpServletRequest request, HttpServletResponse response) {
        Optional<Visit> visit = posted(request, response);
        if (visit.isPresent()
                && request.getParameter("cancel") != null
                && visit.get().flow().clientId() != null) {
            turnBack(visit.get(), response);
            return Optional.empty();
        }
        return visit;
    }

    private Visit visit(LoginFlow flow, Browser browser) {
        Optional<Client> client = Optional.ofNullable(flow.clientId()).flatMap(clients::byClientId);
        return new Visit(flow, browser, client);
    }

    Map<String, String> hidden(Visit visit) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("flow", visit.flow().handle());
        fields.put(
                FormGuard.FIELD,
                forms.token("flow", visit.browser().id(), visit.flow().handle()));
        return fields;
    }

    static @Nullable AppView app(Visit visit) {
        return visit.client().map(FlowPages::app).orElse(null);
    }

    static AppView app(Client client) {
        return new AppView(client.name(), client.logoUri(), client.clientUri(), client.policyUri(), client.tosUri());
    }

    void render(Page page, int status, Visit visit, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Wishes wishes = Wishes.uiLocales(visit.flow().parameter("ui_locales").orElse(null));
        pages.render(page, status, wishes, request, response);
    }

    void onward(Visit visit, HttpServletResponse response) {
        SeeOther.to(flows.onward(visit.flow()), response);
    }

    /** The person turns back: the app gets {@code access_denied}. */
    void turnBack(Visit visit, HttpServletResponse response) {
        flows.denied(visit.flow());
        onward(visit, response);
    }
}
