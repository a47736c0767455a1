package dev.signet.theme;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every page in every state with made-up people and apps: what themes are tried with, and what their authors look at. */
final class SamplePages {

    private static final Map<String, String> HIDDEN = Map.of("flow", "sample", "csrf", "sample");
    private static final AppView SHOP = new AppView(
            "Demo Shop", null, "https://shop.example", "https://shop.example/privacy", "https://shop.example/terms");
    private static final String ANA = "ana.ruiz@example.com";

    private SamplePages() {}

    /** Gives the pages by a short name of page and state. */
    static Map<String, Page> all() {
        Map<String, Page> pages = new LinkedHashMap<>();
        signIn(pages);
        pages.put("reauth", reauth(null));
        pages.put("reauth-wrong", reauth(Alert.password()));
        pages.put("accounts", accounts());
        consent(pages);
        pages.put("logout", new LogoutPage("/logout", HIDDEN, SHOP, ANA, List.of("Demo Shop", "Acme Mail")));
        pages.put("logout-plain", new LogoutPage("/logout", HIDDEN, null, ANA, List.of()));
        pages.put("signed-out", new SignedOutPage(SHOP, "https://shop.example/", "/login"));
        pages.put("signed-out-plain", new SignedOutPage(null, null, "/login"));
        for (ErrorKind kind : ErrorKind.values()) {
            pages.put("error-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), error(kind));
        }
        pages.put("help", help());
        pages.put("form-post", new FormPostPage("/sample-callback", Map.of("code", "sample", "state", "sample")));
        pages.put("setup", new SetupPage("/setup", HIDDEN, null, "", "", 12));
        pages.put(
                "setup-short",
                new SetupPage(
                        "/setup",
                        HIDDEN,
                        Alert.of("setup.error.password.short", 12).marking("new-password"),
                        ANA,
                        "Ana Ruiz",
                        12));
        pages.put("account-home", new HomePage("Ana Ruiz", ANA, "/logout", HIDDEN, null));
        return pages;
    }

    private static void signIn(Map<String, Page> pages) {
        pages.put("login", login(SHOP, "", null, null));
        pages.put("login-account", login(null, "", null, null));
        pages.put("login-hint", login(SHOP, ANA, null, null));
        pages.put("login-wrong", login(SHOP, ANA, Alert.credentials(), null));
        pages.put("login-throttled", login(SHOP, ANA, Alert.throttled(Duration.ofMinutes(14)), null));
        pages.put("login-busy", login(SHOP, ANA, Alert.busy(), null));
        pages.put("login-signed-out", login(null, "", null, Notice.signedOut()));
        pages.put("login-session-ended", login(SHOP, "", null, Notice.sessionEnded()));
    }

    private static LoginPage login(
            @Nullable AppView app, String username, @Nullable Alert alert, @Nullable Notice notice) {
        return new LoginPage(
                "/login", HIDDEN, app, username, alert, notice, true, false, "/forgot", "/register", app != null);
    }

    private static ReauthPage reauth(@Nullable Alert alert) {
        return new ReauthPage("/login/confirm", HIDDEN, SHOP, ANA, alert, "/login/accounts", true);
    }

    private static AccountsPage accounts() {
        List<AccountView> accounts = List.of(
                new AccountView("1", "Ana Ruiz", ANA, true),
                new AccountView(
                        "2", "Jean-Baptiste de La Fontaine", "jean-baptiste.de.la.fontaine@example.org", false));
        return new AccountsPage("/login/accounts", HIDDEN, SHOP, accounts, true);
    }

    private static void consent(Map<String, Page> pages) {
        List<ScopeView> first = List.of(
                ScopeView.required("profile", null, false),
                ScopeView.required("email", null, false),
                ScopeView.required("offline_access", null, false));
        pages.put(
                "consent",
                new ConsentPage("/consent", HIDDEN, SHOP, ANA, "/login/accounts", first, "shop.example", false));
        List<ScopeView> more = List.of(
                ScopeView.required("email", null, false),
                ScopeView.required("orders:read", "Read the orders of the last ninety days", true),
                new ScopeView("phone", null, false, false, true),
                new ScopeView("address", null, false, true, false));
        pages.put(
                "consent-more",
                new ConsentPage(
                        "/consent",
                        HIDDEN,
                        AppView.named("Acme Tool"),
                        ANA,
                        "/login/accounts",
                        more,
                        "127.0.0.1",
                        true));
    }

    private static HelpPage help() {
        List<HelpPage.Span> sentence = List.of(
                new HelpPage.Span("text", "Send ", null),
                new HelpPage.Span("code", "redirect_uri=https://shop.example/a/rather/long/path/to/the/callback", null),
                new HelpPage.Span("text", " as it is registered, ", null),
                new HelpPage.Span("strong", "character by character", null),
                new HelpPage.Span("text", ": ", null),
                new HelpPage.Span("link", "RFC 6749", "https://www.rfc-editor.org/rfc/rfc6749"),
                new HelpPage.Span("text", ".", null));
        return new HelpPage(
                "AS-1004",
                "AS-1004: The redirect_uri is not registered",
                List.of(
                        new HelpPage.Paragraph(sentence),
                        new HelpPage.Heading("What to check"),
                        new HelpPage.Points(List.of(sentence, sentence)),
                        new HelpPage.Heading("How to fix it"),
                        new HelpPage.Example("GET /oauth2/authorize?response_type=code&client_id=shop\n"
                                + "  &redirect_uri=https%3A%2F%2Fshop.example%2Fcallback HTTP/1.1\n"
                                + "Host: id.example.com\n")));
    }

    private static ErrorPage error(ErrorKind kind) {
        List<Object> args = switch (kind) {
            case FLOW_EXPIRED -> List.of(Duration.ofMinutes(60));
            case THROTTLED, UNAVAILABLE -> List.of(Duration.ofSeconds(20));
            case FORBIDDEN -> List.of("Demo Shop");
            default -> List.of();
        };
        boolean client = kind == ErrorKind.CLIENT;
        return new ErrorPage(
                kind,
                "7K2M9QX4TB",
                Instant.parse("2026-03-14T15:09:26Z"),
                client ? "invalid_request (AS-1004)" : null,
                client ? "redirect_uri: https://shop.example/callback?next=/a/rather/long/path" : null,
                client ? null : "/account",
                client ? "/errors/AS-1004" : null,
                args);
    }
}
