package dev.signet.account;

import dev.signet.credentials.PasswordProblem;
import dev.signet.credentials.Passwords;
import dev.signet.crypto.SecretValue;
import dev.signet.login.FormGuard;
import dev.signet.provisioning.FirstAdministrator;
import dev.signet.provisioning.FirstAdministrator.Outcome;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.Browser;
import dev.signet.sessions.SignInCookies;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.theme.Alert;
import dev.signet.theme.Pages;
import dev.signet.theme.SetupPage;
import dev.signet.users.UserRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.util.UriUtils;

/**
 * Creates the first administrator: {@code /setup}, for whoever holds the one-time link that the first start printed. Gone
 * once there is an administrator.
 */
@Controller
class SetupController {

    private static final String FORM = "setup";

    private final FirstAdministrator first;
    private final Passwords passwords;
    private final SignInCookies cookies;
    private final FormGuard forms;
    private final Pages pages;
    private final Issuer issuer;

    SetupController(
            FirstAdministrator first,
            Passwords passwords,
            SignInCookies cookies,
            FormGuard forms,
            Pages pages,
            Issuer issuer) {
        this.first = first;
        this.passwords = passwords;
        this.cookies = cookies;
        this.forms = forms;
        this.pages = pages;
        this.issuer = issuer;
    }

    @GetMapping("/setup")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String token = request.getParameter("token");
        if (first.check(token).isEmpty()) {
            throw new Refused(Reason.SETUP_LINK);
        }
        render(new Typed("", ""), null, 200, request, response);
    }

    @PostMapping("/setup")
    void submit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Browser browser = cookies.browser(request).orElseThrow(() -> new Refused(Reason.COOKIES_MISSING));
        forms.check(request, FORM, browser.id(), "");
        Typed typed = new Typed(value(request, "email"), value(request, "name"));
        SecretValue password = new SecretValue(value(request, "new-password"));
        switch (first.claim(request.getParameter("token"), typed.email(), typed.name(), password)) {
            case Outcome.Created created -> SeeOther.to(issuer.url("/login"), response);
            case Outcome.Dead dead -> throw new Refused(Reason.SETUP_LINK);
            case Outcome.AccountRefused refused ->
                render(typed, Alert.of(key(refused.problem())).marking("email"), 200, request, response);
            case Outcome.PasswordRefused refused ->
                render(typed, passwordAlert(refused.problem()), 200, request, response);
        }
    }

    private static String key(UserRefused.Problem problem) {
        return switch (problem) {
            case EMAIL_TAKEN, USERNAME_TAKEN -> "setup.error.taken";
            default -> "setup.error.email";
        };
    }

    private record Typed(String email, String name) {}

    private static String value(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }

    private static Alert passwordAlert(PasswordProblem problem) {
        Alert alert = switch (problem) {
            case PasswordProblem.TooShort tooShort -> Alert.of("setup.error.password.short", tooShort.minimum());
            case PasswordProblem.TooLong tooLong -> Alert.of("setup.error.password.long", tooLong.maximum());
            case PasswordProblem.ContainsName name -> Alert.of("setup.error.password.personal");
            case PasswordProblem.Repetitive repetitive -> Alert.of("setup.error.password.repetitive");
        };
        return alert.marking("new-password");
    }

    private void render(
            Typed typed, @Nullable Alert alert, int status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Browser browser = cookies.browserOrNew(request, response);
        Map<String, String> hidden = new LinkedHashMap<>();
        hidden.put("token", value(request, "token"));
        hidden.put(FormGuard.FIELD, forms.token(FORM, browser.id(), ""));
        // The address keeps the link, for a reload or a choice of language after a mistake.
        String action = issuer.url("/setup?token=" + UriUtils.encode(value(request, "token"), StandardCharsets.UTF_8));
        SetupPage page = new SetupPage(action, hidden, alert, typed.email(), typed.name(), passwords.minimum());
        pages.render(page, status, request, response);
    }
}
