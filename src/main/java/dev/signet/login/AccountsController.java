package dev.signet.login;

import dev.signet.login.FlowPages.Visit;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.theme.AccountView;
import dev.signet.theme.AccountsPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The account chooser ({@code prompt=select_account}): {@code /login/accounts}. Shows what this browser remembers. */
@Controller
class AccountsController {

    private final FlowPages flowPages;
    private final LoginFlows flows;
    private final SsoSessions sessions;
    private final AccountChoice choice;
    private final Issuer issuer;

    AccountsController(
            FlowPages flowPages, LoginFlows flows, SsoSessions sessions, AccountChoice choice, Issuer issuer) {
        this.flowPages = flowPages;
        this.flows = flows;
        this.sessions = sessions;
        this.choice = choice;
        this.issuer = issuer;
    }

    @GetMapping("/login/accounts")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Visit> visit = flowPages.opened(request, response);
        if (visit.isPresent()) {
            render(visit.get(), request, response);
        }
    }

    @PostMapping("/login/accounts")
    void submit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Visit> posted = flowPages.postedUnlessCancelled(request, response);
        if (posted.isEmpty()) {
            return;
        }
        Visit visit = posted.get();
        String account = request.getParameter("account");
        String forget = request.getParameter("forget");
        if (account != null) {
            choose(visit, account, request, response);
        } else if (forget != null) {
            choice.accounts(visit.browser(), sessions.current(request)).stream()
                    .filter(view -> view.id().equals(forget) && !view.signedIn())
                    .findFirst()
                    .ifPresent(view -> sessions.forget(visit.browser(), java.util.UUID.fromString(view.id())));
            SeeOther.to(Step.CHOOSE_ACCOUNT.address(issuer, visit.flow()), response);
        } else {
            flows.chosen(visit.flow());
            SeeOther.to(Step.SIGN_IN_AS_OTHER.address(issuer, visit.flow()), response);
        }
    }

    private void choose(Visit visit, String account, HttpServletRequest request, HttpServletResponse response) {
        flows.chosen(visit.flow());
        Optional<SsoSession> session = sessions.current(request);
        if (session.filter(s -> s.userId().toString().equals(account)).isPresent()) {
            flowPages.onward(visit, response);
            return;
        }
        boolean remembered = choice.loginOf(visit.browser(), account).isPresent();
        String address = Step.SIGN_IN.address(issuer, visit.flow());
        SeeOther.to(address + "&as=" + (remembered ? account : "other"), response);
    }

    private void render(Visit visit, HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<AccountView> accounts = choice.accounts(visit.browser(), sessions.current(request));
        if (accounts.isEmpty()) {
            SeeOther.to(Step.SIGN_IN_AS_OTHER.address(issuer, visit.flow()), response);
            return;
        }
        AccountsPage page = new AccountsPage(
                Step.CHOOSE_ACCOUNT.address(issuer, visit.flow()),
                flowPages.hidden(visit),
                FlowPages.app(visit),
                accounts,
                visit.flow().clientId() != null);
        flowPages.render(page, 200, visit, request, response);
    }
}
