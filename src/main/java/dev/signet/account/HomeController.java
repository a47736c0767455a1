package dev.signet.account;

import dev.signet.login.FormGuard;
import dev.signet.login.LoginFlows;
import dev.signet.login.Step;
import dev.signet.sessions.SignInCookies;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.theme.HomePage;
import dev.signet.theme.Pages;
import dev.signet.users.User;
import dev.signet.users.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /account}: says who is signed in at this browser; whoever is not signs in first. */
@Controller
class HomeController {

    private static final String PATH = "/account";

    private final SsoSessions sessions;
    private final SignInCookies cookies;
    private final LoginFlows flows;
    private final FormGuard forms;
    private final Users users;
    private final Pages pages;
    private final Issuer issuer;

    HomeController(
            SsoSessions sessions,
            SignInCookies cookies,
            LoginFlows flows,
            FormGuard forms,
            Users users,
            Pages pages,
            Issuer issuer) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.flows = flows;
        this.forms = forms;
        this.users = users;
        this.pages = pages;
        this.issuer = issuer;
    }

    @GetMapping("/")
    void root(HttpServletResponse response) {
        SeeOther.to(issuer.url(PATH), response);
    }

    @GetMapping(PATH)
    void home(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<SsoSession> session = sessions.current(request);
        Optional<User> user = session.map(SsoSession::userId).flatMap(users::byId);
        if (session.isEmpty() || user.isEmpty()) {
            SeeOther.to(
                    Step.SIGN_IN.address(issuer, flows.open(PATH, cookies.browserOrNew(request, response))), response);
            return;
        }
        String email = user.get().email();
        String csrf = forms.token("logout", session.get().id(), "");
        HomePage page = new HomePage(
                user.get().displayName(),
                email == null ? user.get().username() : email,
                issuer.url("/logout"),
                Map.of(FormGuard.FIELD, csrf),
                null);
        pages.render(page, 200, request, response);
    }
}
