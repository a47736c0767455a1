package dev.signet.theme;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows every page in every state to Chromium, in each language, scheme and size, and lets nothing pass that is wrong. */
@Tag("browser")
class GateBrowserTests {

    private static final List<String> LOCALES = List.of("en", "fr", "de", "es");
    private static final Path PICTURES = Path.of("target", "pages");

    /** The one thing a page is for; tests press Tab until it has the focus. */
    private static final String MAIN_ACTION = "main .primary, main button.account, #sign-out";

    private static SampleServer server;
    private static GateBrowser browser;
    private static double heaviest;
    private static int most;

    @BeforeAll
    static void start() {
        ThemeProperties properties = new ThemeProperties(
                "default",
                null,
                false,
                "Acme ID",
                Locale.ENGLISH,
                URI.create("https://acme.example/help"),
                URI.create("https://acme.example/privacy"),
                null);
        server = new SampleServer(properties);
        browser = new GateBrowser();
    }

    @AfterAll
    static void stop() {
        System.out.printf(Locale.ROOT, "Heaviest page: %.1f KB, most requests: %d%n", heaviest, most);
        browser.close();
        server.close();
    }

    static Stream<String> states() {
        return SampleServer.samples().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyPageIsCleanInEveryLanguageSchemeAndSize(String state) {
        SoftAssertions softly = new SoftAssertions();
        for (String locale : LOCALES) {
            try (BrowserContext context = browser.context(GateBrowser.DESKTOP, locale, ColorScheme.LIGHT, true)) {
                GateBrowser.Tab tab = open(context, state);
                String here = state + " " + locale;
                softly.assertThat(tab.page.locator("html").getAttribute("lang")).isEqualTo(locale);
                heaviest = Math.max(heaviest, tab.kilobytes());
                most = Math.max(most, tab.requests.size());
                softly.assertThat(tab.shift()).as(here + ": layout shift").isLessThanOrEqualTo(0.01);
                softly.assertThat(tab.kilobytes()).as(here + ": KB").isBetween(1.0, 30.0);
                softly.assertThat(tab.requests).as(here + ": requests").hasSizeBetween(1, 5);
                softly.assertThat(tab.requests)
                        .as(here + ": third parties")
                        .allMatch(url -> url.startsWith(server.url("/")));
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    tab.scheme(scheme);
                    for (GateBrowser.Window window :
                            List.of(GateBrowser.DESKTOP, GateBrowser.PHONE, GateBrowser.NARROW, GateBrowser.ZOOM)) {
                        tab.resize(window);
                        String view = here + " " + scheme + " " + window.name();
                        softly.assertThat(tab.overflow())
                                .as(view + ": scrolls sideways")
                                .isLessThanOrEqualTo(0);
                        if (locale.equals("en")) {
                            tab.picture(PICTURES, state, window.name(), scheme);
                        }
                        if (locale.equals("en") || window == GateBrowser.PHONE) {
                            softly.assertThat(tab.axe()).as(view + ": axe").isEmpty();
                        }
                    }
                }
                softly.assertThat(tab.complaints).as(here + ": console").isEmpty();
                softly.assertThat(tab.blocked())
                        .as(here + ": content security policy")
                        .isEmpty();
            }
        }
        softly.assertAll();
    }

    /**
     * Arabic runs from the right; the pseudo-language is English with accents and half as long again. Both stand in for all
     * languages nobody here can read.
     */
    @Test
    void pagesStandWordsThatAreLongOrRunFromTheRight(@TempDir Path themes) {
        ThemeTestFiles.write(
                themes,
                "default/messages/messages_ar.properties",
                "login.title=تسجيل الدخول\n"
                        + "login.lead=للمتابعة إلى {0}\n"
                        + "login.username=البريد الإلكتروني أو اسم المستخدم\n"
                        + "login.password=كلمة المرور\n"
                        + "login.submit=تسجيل الدخول\n"
                        + "login.remember=إبقائي مسجلاً\n"
                        + "login.forgot=هل نسيت كلمة المرور؟\n"
                        + "password.show=إظهار\n"
                        + "cancel=إلغاء\n");
        ThemeTestFiles.write(themes, "default/messages/messages_en-XA.properties", PseudoLanguage.ofEnglish());
        SoftAssertions softly = new SoftAssertions();
        try (SampleServer other = new SampleServer(ThemeTestFiles.properties("default", themes));
                BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, true)) {
            GateBrowser.Tab tab = new GateBrowser.Tab(context);
            for (String state :
                    List.of("login", "login-wrong", "consent", "consent-more", "accounts", "error-client", "setup")) {
                for (String language : List.of("ar", "en-XA")) {
                    tab.open(other.url("/sample/" + state + "?ui_locales=" + language));
                    String dir = language.equals("ar") ? "rtl" : "ltr";
                    softly.assertThat(tab.page.locator("html").getAttribute("dir"))
                            .isEqualTo(dir);
                    for (GateBrowser.Window window :
                            List.of(GateBrowser.DESKTOP, GateBrowser.PHONE, GateBrowser.NARROW)) {
                        tab.resize(window);
                        String view = state + " " + language + " " + window.name();
                        softly.assertThat(tab.overflow())
                                .as(view + ": scrolls sideways")
                                .isLessThanOrEqualTo(0);
                        tab.picture(PICTURES, state + "." + language, window.name(), ColorScheme.LIGHT);
                    }
                    softly.assertThat(tab.axe()).as(state + " " + language).isEmpty();
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void theExampleThemeIsCleanInBothSchemes() {
        SoftAssertions softly = new SoftAssertions();
        ThemeProperties brand =
                new ThemeProperties("example-brand", null, false, null, Locale.ENGLISH, null, null, null);
        try (SampleServer other = new SampleServer(brand);
                BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, true)) {
            GateBrowser.Tab tab = new GateBrowser.Tab(context);
            for (String state : List.of("login-wrong", "consent-more", "accounts")) {
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    tab.scheme(scheme);
                    tab.open(other.url("/sample/" + state));
                    softly.assertThat(tab.axe()).as(state + " " + scheme).isEmpty();
                    softly.assertThat(tab.requests).as(state).hasSizeLessThanOrEqualTo(5);
                    softly.assertThat(tab.kilobytes()).as(state).isLessThanOrEqualTo(30);
                    softly.assertThat(tab.blocked()).isEmpty();
                    tab.picture(PICTURES, state + ".example-brand", "desktop", scheme);
                }
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("states")
    void theMainActionIsAtMostSixTabsAway(String state) {
        try (BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, true)) {
            GateBrowser.Tab tab = open(context, state);
            if (tab.page.locator(MAIN_ACTION).count() == 0) {
                return;
            }
            int tabs = 0;
            while (!focusIsOnMainAction(tab.page) && tabs < 20) {
                tab.page.keyboard().press("Tab");
                tabs++;
            }
            assertThat(tabs).isLessThanOrEqualTo(6);
        }
    }

    private static boolean focusIsOnMainAction(Page page) {
        return Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", MAIN_ACTION));
    }

    @Test
    void signingInNeedsNoScript() {
        try (BrowserContext context = browser.context(GateBrowser.PHONE, "en", ColorScheme.LIGHT, false)) {
            Page page = context.newPage();
            page.navigate(server.url("/sample/login"));
            assertThat(page.locator("#password-peek").isVisible()).isFalse();
            page.fill("#username", "ana");
            page.fill("#password", "a secret of some length");
            page.check("#remember");
            page.press("#password", "Enter");
            assertThat(page.title()).isEqualTo("Posted");
            assertThat(posted("path")).isEqualTo("/login");
            assertThat(posted("username")).isEqualTo("ana");
            assertThat(posted("password")).isEqualTo("a secret of some length");
            assertThat(posted("remember")).isEqualTo("true");
            assertThat(posted("flow")).isEqualTo("sample");
            assertThat(posted("csrf")).isEqualTo("sample");
            assertThat(server.posted).doesNotContainKey("cancel");
        }
    }

    @Test
    void cancelNeedsNoFieldsAndNoScript() {
        for (String state : List.of("login", "reauth", "accounts", "consent", "logout")) {
            try (BrowserContext context = browser.context(GateBrowser.PHONE, "en", ColorScheme.LIGHT, false)) {
                Page page = context.newPage();
                page.navigate(server.url("/sample/" + state));
                page.click("[name=cancel]");
                assertThat(posted("cancel")).as(state).isEqualTo("true");
            }
        }
    }

    @Test
    void everyFormPostsWhatItsPagePromises() {
        press("accounts", "button[name=account] >> nth=1", "account", "2");
        press("accounts", "button[name=forget] >> nth=0", "forget", "1");
        press("accounts", "#other-account", "other", "true");
        press("logout", "#logout-submit", "logout", "true");
        press("account-home", "#sign-out", "logout", "true");
        press("form-post", "#form-post-continue", "code", "sample");
        press("consent-more", "#consent-allow", "allow", "true");
        assertThat(server.posted.get("scope")).containsExactly("email", "orders:read", "phone");
    }

    private static void press(String state, String button, String name, String value) {
        try (BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, false)) {
            Page page = context.newPage();
            page.navigate(server.url("/sample/" + state));
            page.click(button);
            assertThat(posted(name)).as(state).isEqualTo(value);
        }
    }

    @Test
    void theLanguageCanBeChosenWithAndWithoutScripts() {
        try (BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, false)) {
            Page page = context.newPage();
            page.navigate(server.url("/sample/login?flow=a%20b&ui_locales=de"));
            assertThat(page.locator("#page-title").textContent()).isEqualTo("Anmelden");
            page.selectOption("#lang", "fr");
            page.click("#lang-apply");
            assertThat(page.locator("#page-title").textContent()).isEqualTo("Se connecter");
            assertThat(page.url()).endsWith("/sample/login?flow=a+b&ui_locales=de");
        }
        try (BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, true)) {
            Page page = context.newPage();
            page.navigate(server.url("/sample/login"));
            assertThat(page.locator("#lang-apply").isVisible()).isFalse();
            page.selectOption("#lang", "es");
            page.waitForFunction("() => document.documentElement.lang === 'es'");
            assertThat(page.url()).endsWith("/sample/login");
        }
    }

    @Test
    void thePasswordCanBeShownWithoutLosingTheCaret() {
        try (BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, true)) {
            Page page = context.newPage();
            page.navigate(server.url("/sample/login"));
            Locator field = page.locator("#password");
            field.fill("abcdef");
            field.press("ArrowLeft");
            page.click("#password-peek");
            assertThat(field.getAttribute("type")).isEqualTo("text");
            assertThat(page.locator("#password-peek").getAttribute("aria-pressed"))
                    .isEqualTo("true");
            assertThat(page.evaluate("() => document.activeElement.id + document.activeElement.selectionStart"))
                    .isEqualTo("password5");
        }
    }

    @Test
    void theSchemeFollowsTheChoiceOfThePerson() {
        try (BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, true)) {
            Page page = context.newPage();
            page.navigate(server.url("/sample/account-home"));
            page.click("text=Dark");
            assertThat(page.locator("html").getAttribute("data-scheme")).isEqualTo("dark");
            assertThat(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(16, 19, 25)");
            page.click("text=Auto");
            assertThat(page.locator("html").getAttribute("data-scheme")).isNull();
        }
    }

    @Test
    void theFormPostPageGoesOnByItself() {
        try (BrowserContext context = browser.context(GateBrowser.DESKTOP, "en", ColorScheme.LIGHT, true)) {
            Page page = context.newPage();
            page.navigate(server.url("/sample/form-post"));
            page.waitForFunction("() => document.title === 'Posted'");
            assertThat(posted("code")).isEqualTo("sample");
        }
    }

    /** The hand-over page would be gone before anyone saw it. */
    private static GateBrowser.Tab open(BrowserContext context, String state) {
        context.route(
                "**/formpost.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("")));
        GateBrowser.Tab tab = new GateBrowser.Tab(context);
        tab.open(server.url("/sample/" + state));
        return tab;
    }

    private static String posted(String name) {
        Map<String, String[]> form = server.posted;
        return form.containsKey(name) ? form.get(name)[0] : "";
    }
}
