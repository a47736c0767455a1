package dev.signet.login;

import dev.signet.crypto.SecretValue;
import dev.signet.login.FlowPages.Visit;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.site.Issuer;
import dev.signet.theme.Alert;
import dev.signet.theme.ReauthPage;
import dev.signet.users.User;
import dev.signet.users.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * "Confirm it's you": a person who is signed in shows the password again ({@code prompt=login}, {@code max_age}). For
 * whoever is signed in at this browser; without a session it is the sign-in page that asks.
 */
@Controller
class ConfirmController {

    private final FlowPages flowPages;
    private final SignIn signIn;
    private final SsoSessions sessions;
    private final Users users;
    private final Issuer issuer;

    ConfirmController(FlowPages flowPages, SignIn signIn, SsoSessions sessions, Users users, Issuer issuer) {
        this.flowPages = flowPages;
        this.signIn = signIn;
        this.sessions = sessions;
        this.users = users;
        this.issuer = issuer;
    }

    @GetMapping("/login/confirm")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Visit> visit = flowPages.opened(request, response);
        if (visit.isEmpty()) {
            return;
        }
        Optional<User> user = signedIn(request);
        if (user.isEmpty()) {
            flowPages.onward(visit.get(), response);
            return;
        }
        render(visit.get(), user.get(), null, 200, request, response);
    }

    @PostMapping("/login/confirm")
    void submit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Visit> posted = flowPages.postedUnlessCancelled(request, response);
        if (posted.isEmpty()) {
            return;
        }
        Visit visit = posted.get();
        Optional<User> user = signedIn(request);
        if (user.isEmpty()) {
            flowPages.onward(visit, response);
            return;
        }
        SecretValue password = new SecretValue(
                Optional.ofNullable(request.getParameter("password")).orElse(""));
        switch (signIn.attempt(visit, user, user.get().username(), password, false, request, response)) {
            case SignIn.Outcome.SignedIn signedIn -> flowPages.onward(visit, response);
            case SignIn.Outcome.Wrong wrong -> render(visit, user.get(), Alert.password(), 200, request, response);
            case SignIn.Outcome.Throttled throttled -> {
                response.setHeader(
                        "Retry-After", Long.toString(throttled.retryAfter().toSeconds()));
                render(visit, user.get(), Alert.throttled(throttled.retryAfter()), 429, request, response);
            }
        }
    }

    private Optional<User> signedIn(HttpServletRequest request) {
        return sessions.current(request).map(SsoSession::userId).flatMap(users::byId);
    }

    private void render(
            Visit visit,
            User user,
            @Nullable Alert alert,
            int status,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        boolean forApp = visit.flow().clientId() != null;
        ReauthPage page = new ReauthPage(
                Step.CONFIRM.address(issuer, visit.flow()),
                flowPages.hidden(visit),
                FlowPages.app(visit),
                AccountChoice.login(user),
                alert,
                forApp ? Step.SIGN_IN_AS_OTHER.address(issuer, visit.flow()) : null,
                forApp);
        flowPages.render(page, status, visit, request, response);
    }
}
