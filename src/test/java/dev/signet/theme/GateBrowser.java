package dev.signet.theme;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Chromium with an eye on everything a page does wrong: console, content security policy, requests, layout, accessibility. */
final class GateBrowser implements AutoCloseable {

    /** A window, and how large one CSS pixel is in it: 200 % zoom is half the window at twice the scale. */
    record Window(String name, int width, int height, double scale) {}

    static final Window DESKTOP = new Window("desktop", 1280, 800, 1);
    static final Window PHONE = new Window("phone", 390, 844, 2);
    static final Window NARROW = new Window("w320", 320, 640, 1);
    static final Window ZOOM = new Window("zoom200", 640, 400, 2);

    private static final Path DEBIAN_CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String AXE = read("axe.min.js");
    private static final String RULES = "() => axe.run(document, {runOnly:"
            + " ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}).then(r =>"
            + " r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' |"
            + " ')))";
    private static final String WATCH = "window.__shift = 0; window.__csp = [];new PerformanceObserver(l => { for"
        + " (const e of l.getEntries()) window.__shift += e.value; }).observe({type: 'layout-shift', buffered:"
        + " true});document.addEventListener('securitypolicyviolation', e => window.__csp.push(e.violatedDirective + '"
        + " ' + e.blockedURI));";

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;

    GateBrowser() {
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

    /** Opens a window without the colour fades, which would be measured half-way. */
    BrowserContext context(Window window, String locale, ColorScheme scheme, boolean scripts) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(window.width(), window.height())
                .setDeviceScaleFactor(window.scale())
                .setLocale(locale)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(scripts));
        context.setDefaultTimeout(15_000);
        return context;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** Opens pages in one tab and keeps account of what each did. */
    static final class Tab {

        final Page page;
        final List<String> complaints = new ArrayList<>();
        final List<String> requests = new ArrayList<>();
        private final CDPSession wire;
        private double transferred;

        Tab(BrowserContext context) {
            page = context.newPage();
            page.addInitScript(WATCH);
            page.onConsoleMessage(message -> {
                boolean ownStatus = message.text().startsWith("Failed to load resource")
                        && message.location().startsWith(page.url());
                if (!ownStatus
                        && (message.type().equals("error") || message.type().equals("warning"))) {
                    complaints.add("console: " + message.text());
                }
            });
            page.onPageError(error -> complaints.add("script: " + error));
            page.onRequest(request -> requests.add(request.url()));
            wire = context.newCDPSession(page);
            wire.send("Network.enable");
            JsonObject cold = new JsonObject();
            cold.addProperty("cacheDisabled", true);
            wire.send("Network.setCacheDisabled", cold);
            wire.on("Network.loadingFinished", (JsonObject event) -> {
                JsonElement length = event.get("encodedDataLength");
                transferred += length == null ? 0 : length.getAsDouble();
            });
        }

        void open(String url) {
            complaints.clear();
            requests.clear();
            transferred = 0;
            page.navigate(url);
        }

        double kilobytes() {
            return transferred / 1024;
        }

        double shift() {
            return ((Number) page.evaluate("() => window.__shift")).doubleValue();
        }

        List<String> blocked() {
            return strings(page.evaluate("() => window.__csp"));
        }

        List<String> axe() {
            if (!Boolean.TRUE.equals(page.evaluate("() => typeof axe !== 'undefined'"))) {
                page.evaluate(AXE + "; null");
            }
            return strings(page.evaluate(RULES));
        }

        /** Gives how far the page is wider than its window, in CSS pixels: more than none means scrolling sideways. */
        int overflow() {
            return ((Number) page.evaluate(
                            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .intValue();
        }

        void resize(Window window) {
            page.setViewportSize(window.width(), window.height());
        }

        void scheme(ColorScheme scheme) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        }

        void picture(Path directory, String state, String window, ColorScheme scheme) {
            String name = String.join(".", state, window, scheme.name().toLowerCase(Locale.ROOT)) + ".png";
            page.screenshot(new Page.ScreenshotOptions().setPath(directory.resolve(name)));
        }

        private static List<String> strings(Object list) {
            List<String> strings = new ArrayList<>();
            for (Object item : (List<?>) list) {
                strings.add(String.valueOf(item));
            }
            return strings;
        }
    }

    private static String read(String resource) {
        try (InputStream in =
                Objects.requireNonNull(GateBrowser.class.getClassLoader().getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
