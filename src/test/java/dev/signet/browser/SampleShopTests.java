package dev.signet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person uses the sample shop through Signet in a real browser, as the README promises a newcomer. */
@Tag("browser")
class SampleShopTests {

    private static final Path DEBIAN_CHROMIUM = Path.of("/usr/bin/chromium");

    /** What tokens and handles look like; none of it may reach a page or a script. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}|sgn_[a-z]{2}_");

    @TempDir
    private static Path dataDirectory;

    private static Demo demo;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        demo = new Demo(dataDirectory);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
        if (Files.isExecutable(DEBIAN_CHROMIUM)) {
            options.setExecutablePath(DEBIAN_CHROMIUM);
        }
        browser = playwright.chromium().launch(options);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (playwright != null) {
            browser.close();
            playwright.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void aPersonSignsInUsesTheShopAndSignsOut() {
        usesTheShop(true);
    }

    @Test
    void allOfItWorksWithoutScripts() {
        usesTheShop(false);
    }

    private static void usesTheShop(boolean scripts) {
        try (BrowserContext context = context(scripts)) {
            List<String> complaints = new ArrayList<>();
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            signIn(page);

            assertThat(page.locator("#name")).hasText("Dana Demo");
            assertThat(page.locator("#id-token-claims")).containsText("auth_time");
            assertThat(page.locator("#userinfo-claims")).containsText("demo@example.com");
            assertThat(page.locator("#scopes")).containsText("api:read");
            assertThat(page.locator("#refresh-token")).hasText("yes");

            page.locator("#call-api").click();
            assertThat(page.locator("#orders")).containsText("Brass compass");
            page.locator("#refresh").click();
            assertThat(page.locator("#notice")).containsText("The tokens were renewed.");
            page.locator("#call-api").click();
            assertThat(page.locator("#orders")).containsText("Brass compass");
            page.locator("#ask-userinfo").click();
            assertThat(page.locator("#userinfo-claims")).containsText("demo@example.com");

            seesNoToken(context, page, scripts);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/screenshots/sample-shop.png"))
                    .setFullPage(true));
            page.locator("#sign-out").click();
            confirmSignOut(page);
            assertThat(page).hasURL(demo.shop() + "/");
            assertThat(page.locator("#sign-in")).isVisible();
            page.locator("#sign-in").click();
            assertThat(page.locator("#login-submit")).isVisible();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void whoCancelsIsBackInTheShopWithWordsThatSaySo() {
        try (BrowserContext context = context(true)) {
            Page page = context.newPage();
            page.navigate(demo.shop());
            page.locator("#sign-in").click();
            page.locator("#cancel").click();

            assertThat(page.locator("#problem")).containsText("You cancelled the sign-in");
        }
    }

    @Test
    void whoIsSignedInEntersAgainWithoutTyping() {
        try (BrowserContext context = context(true)) {
            Page page = context.newPage();
            signIn(page);
            context.clearCookies(new BrowserContext.ClearCookiesOptions().setName("sample_session"));
            page.navigate(demo.shop());
            page.locator("#sign-in").click();

            assertThat(page.locator("#name")).hasText("Dana Demo");
        }
    }

    @Test
    void theServerKeepsThePasswordOutOfItsLog() throws Exception {
        assertThat(demo.output().split(Pattern.quote(demo.password()), -1))
                .as("shown once, by the demo's own words")
                .hasSize(2);
        for (String log : List.of("demo/sample-client.log", "postgresql/start.log")) {
            assertThat(Files.readString(dataDirectory.resolve(log))).doesNotContain(demo.password());
        }
    }

    @Test
    void theApiRefusesWhoBringsNoToken() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(demo.shop() + "/api/orders")).build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    private static BrowserContext context(boolean scripts) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setJavaScriptEnabled(scripts).setLocale("en"));
        context.setDefaultTimeout(20_000);
        return context;
    }

    /** The consent page is seen once only: the person has said it for good. */
    private static void signIn(Page page) {
        page.navigate(demo.shop());
        page.locator("#sign-in").click();
        page.locator("#username").fill("demo");
        page.locator("#password").fill(demo.password());
        page.locator("#login-submit").click();
        page.locator("#consent-allow, #name").first().waitFor();
        if (page.locator("#consent-allow").count() > 0) {
            page.locator("#consent-allow").click();
        }
        assertThat(page.locator("#name")).isVisible();
    }

    private static void confirmSignOut(Page page) {
        page.locator("#logout-submit, #sign-in").first().waitFor();
        if (page.locator("#logout-submit").count() > 0) {
            page.locator("#logout-submit").click();
        }
    }

    private static void seesNoToken(BrowserContext context, Page page, boolean scripts) {
        assertThat(page.content()).doesNotContainPattern(TOKEN);
        for (Cookie cookie : context.cookies(demo.shop())) {
            assertThat(cookie.httpOnly).as(cookie.name).isTrue();
            assertThat(cookie.value).as(cookie.name).doesNotContainPattern(TOKEN);
        }
        if (scripts) {
            Object readable = page.evaluate(
                    "() => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
            assertThat(readable).isEqualTo("{}{}");
        }
    }
}
