package dev.signet.login;

import dev.signet.crypto.SecretValue;
import dev.signet.login.FlowPages.Visit;
import dev.signet.sessions.SignInCookies;
import dev.signet.sessions.SsoSessions;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.theme.Alert;
import dev.signet.theme.LoginPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The sign-in page: {@code /login}. Open to everybody. */
@Controller
class LoginController {

    private final FlowPages flowPages;
    private final LoginFlows flows;
    private final SignIn signIn;
    private final SsoSessions sessions;
    private final SignInCookies cookies;
    private final AccountChoice choice;
    private final LoginProperties properties;
    private final Issuer issuer;

    LoginController(
            FlowPages flowPages,
            LoginFlows flows,
            SignIn signIn,
            SsoSessions sessions,
            SignInCookies cookies,
            AccountChoice choice,
            LoginProperties properties,
            Issuer issuer) {
        this.flowPages = flowPages;
        this.flows = flows;
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookies = cookies;
        this.choice = choice;
        this.properties = properties;
        this.issuer = issuer;
    }

    @GetMapping("/login")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("flow") == null) {
            // A bookmark: sign in to the account itself.
            LoginFlow flow = flows.open("/account", cookies.browserOrNew(request, response));
            SeeOther.to(Step.SIGN_IN.address(issuer, flow), response);
            return;
        }
        Optional<Visit> visit = flowPages.opened(request, response);
        if (visit.isEmpty()) {
            return;
        }
        String as = request.getParameter("as");
        if (as == null && sessions.current(request).isPresent()) {
            flowPages.onward(visit.get(), response);
            return;
        }
        String prefilled = as == null
                ? visit.get().flow().parameter("login_hint").orElse("")
                : choice.loginOf(visit.get().browser(), as).orElse("");
        render(visit.get(), prefilled, false, null, 200, request, response);
    }

    @PostMapping("/login")
    void submit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Visit> posted = flowPages.postedUnlessCancelled(request, response);
        if (posted.isEmpty()) {
            return;
        }
        Visit visit = posted.get();
        String username = Optional.ofNullable(request.getParameter("username")).orElse("");
        String password = Optional.ofNullable(request.getParameter("password")).orElse("");
        boolean remember = properties.rememberOffered() && request.getParameter("remember") != null;
        switch (signIn.attempt(visit, username, new SecretValue(password), remember, request, response)) {
            case SignIn.Outcome.SignedIn signedIn -> flowPages.onward(visit, response);
            case SignIn.Outcome.Wrong wrong ->
                render(visit, username, remember, Alert.credentials(), 200, request, response);
            case SignIn.Outcome.Throttled throttled -> {
                response.setHeader(
                        "Retry-After", Long.toString(throttled.retryAfter().toSeconds()));
                render(visit, username, remember, Alert.throttled(throttled.retryAfter()), 429, request, response);
            }
        }
    }

    private void render(
            Visit visit,
            String username,
            boolean remember,
            @Nullable Alert alert,
            int status,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        LoginPage page = new LoginPage(
                Step.SIGN_IN.address(issuer, visit.flow()),
                flowPages.hidden(visit),
                FlowPages.app(visit),
                username,
                alert,
                null,
                properties.rememberOffered(),
                remember,
                null,
                null,
                visit.flow().clientId() != null);
        flowPages.render(page, status, visit, request, response);
    }
}
