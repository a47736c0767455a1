package dev.signet.theme;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Headers, languages, preferences and static files, as they go over the wire. */
class PageDeliveryTests {

    private static final Themes THEMES = new Themes(SampleServer.DEFAULTS, Clock.systemUTC());
    private static final Page LOGIN = Objects.requireNonNull(SamplePages.all().get("login"));
    private static final Page SETUP = Objects.requireNonNull(SamplePages.all().get("setup"));

    private final Pages pages = new Pages(THEMES, SampleServer.DEFAULTS, SampleServer.issuer());

    @Test
    void aPageOfAFlowHasStrictHeadersButNoFormAction() throws Exception {
        MockHttpServletResponse response = render(LOGIN, get("/login"), Wishes.NONE);

        assertThat(response.getHeader("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                        + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(response.getHeader("Permissions-Policy")).contains("camera=()", "publickey-credentials-get=(self)");
        assertThat(response.getHeader("Cross-Origin-Opener-Policy")).isNull();
        assertThat(response.getHeader("Content-Language")).isEqualTo("en");
        assertThat(response.getContentType()).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
        assertThat(response.getHeader("Content-Encoding")).isNull();
    }

    @Test
    void aPageOfTheServersOwnKeepsItsFormsAndItsWindowToItself() throws Exception {
        MockHttpServletResponse response = render(SETUP, get("/setup"), Wishes.NONE);

        assertThat(response.getHeader("Content-Security-Policy")).endsWith("; form-action 'self'");
        assertThat(response.getHeader("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    }

    @Test
    void theLanguageIsTheAppsThenTheChosenThenTheAccountsThenTheBrowsers() {
        MockHttpServletRequest request = get("/login");
        assertThat(pages.locale(request, Wishes.NONE)).isEqualTo(Locale.ENGLISH);
        request.addHeader("Accept-Language", "pt-BR, es-MX;q=0.8, en;q=0.5");
        assertThat(pages.locale(request, Wishes.NONE)).isEqualTo(Locale.forLanguageTag("es"));
        assertThat(pages.locale(request, new Wishes(null, "de-AT", null))).isEqualTo(Locale.GERMAN);
        request.setCookies(new Cookie("signet_lang", "fr"));
        assertThat(pages.locale(request, new Wishes(null, "de-AT", null))).isEqualTo(Locale.FRENCH);
        assertThat(pages.locale(request, Wishes.uiLocales("tlh de-CH fr"))).isEqualTo(Locale.GERMAN);
        assertThat(pages.locale(request, Wishes.uiLocales("tlh"))).isEqualTo(Locale.FRENCH);
    }

    @Test
    void aChoiceMadeOnAPageTheAppAskedForStandsAgainstThatWishOnly() {
        MockHttpServletRequest request = get("/login");
        request.setCookies(new Cookie("signet_lang", "fr.de_en"));

        assertThat(pages.locale(request, Wishes.uiLocales("de en"))).isEqualTo(Locale.FRENCH);
        assertThat(pages.locale(request, Wishes.uiLocales("es"))).isEqualTo(Locale.forLanguageTag("es"));
    }

    @Test
    void malformedWishesAreNoWishes() {
        MockHttpServletRequest request = get("/login");
        request.addHeader("Accept-Language", "*;q=x,,;");
        request.setCookies(new Cookie("signet_lang", "..%00"));

        assertThat(pages.locale(request, Wishes.uiLocales("<script> \u0000"))).isEqualTo(Locale.ENGLISH);
        assertThat(pages.locale(request, Wishes.uiLocales("x".repeat(10_000)))).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void choosingALanguageGoesBackToTheSameAddressWithoutIt() throws Exception {
        MockHttpServletResponse response = choose("/login", "flow=a%2Bb&lang=fr&lang-asked=de_en&x=1");

        assertThat(response.getStatus()).isEqualTo(303);
        assertThat(response.getHeader("Location")).isEqualTo("./login?flow=a%2Bb&x=1");
        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("signet_lang=fr.de_en; Path=/; Max-Age=31536000;")
                .endsWith("HttpOnly; SameSite=Lax");
    }

    @Test
    void choosingALanguageNeverLeadsElsewhere() throws Exception {
        assertThat(choose("//evil.example/a:b", "lang=fr").getHeader("Location"))
                .isEqualTo("./a:b");
        assertThat(choose("//evil.example", "lang=fr").getHeader("Location")).isEqualTo("./evil.example");
        assertThat(choose("/", "lang=fr").getHeader("Location")).isEqualTo("./");
    }

    @Test
    void aLanguageThatIsNoneIsDroppedWithoutACookie() throws Exception {
        MockHttpServletResponse response = choose("/login", "lang=fr%0d%0aSet-Cookie:x=y");

        assertThat(response.getStatus()).isEqualTo(303);
        assertThat(response.getHeader("Set-Cookie")).isNull();
    }

    @Test
    void onlyVisitsToPagesChoose() throws Exception {
        MockHttpServletRequest post = get("/login");
        post.setMethod("POST");
        post.setQueryString("lang=fr");
        post.addHeader("Accept", "text/html");
        assertThat(filtered(post).getStatus()).isEqualTo(200);
        MockHttpServletRequest json = get("/userinfo");
        json.setQueryString("lang=fr");
        json.addHeader("Accept", "application/json");
        assertThat(filtered(json).getStatus()).isEqualTo(200);
    }

    @Test
    void staticFilesAreKeptForEverCompressedAndRevalidated() throws Exception {
        Asset style = Objects.requireNonNull(THEMES.find(null).assets().get(Theme.STYLE));
        MockHttpServletRequest request = get("/theme" + style.path());
        request.addHeader("Accept-Encoding", "br, gzip");
        MockHttpServletResponse response = asset(request);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getHeader("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(response.getHeader("Content-Encoding")).isEqualTo("gzip");
        assertThat(response.getHeader("Vary")).isEqualTo("Accept-Encoding");
        assertThat(response.getContentType()).isEqualTo("text/css;charset=UTF-8");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(response.getContentAsByteArray())).readAllBytes())
                .isEqualTo(style.bytes());

        MockHttpServletRequest again = get("/theme" + style.path());
        again.addHeader("Accept-Encoding", "gzip");
        again.addHeader("If-None-Match", Objects.requireNonNull(response.getHeader("ETag")));
        assertThat(asset(again).getStatus()).isEqualTo(304);

        MockHttpServletRequest plain = get("/theme" + style.path());
        plain.addHeader("Accept-Encoding", "gzip;q=0");
        assertThat(asset(plain).getContentAsByteArray()).isEqualTo(style.bytes());
    }

    @Test
    void anotherFingerprintGetsThePresentFileWithoutKeepingIt() throws Exception {
        MockHttpServletResponse response = asset(get("/theme/default/0123456789abcdef/login.js"));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void nothingButStaticFilesCanBeFetched() throws Exception {
        for (String path : new String[] {
            "/theme/default/0/theme.yml",
            "/theme/default/0/templates/login.html",
            "/theme/default/0/../theme.yml",
            "/theme/default/0/..%2f..%2fapplication.yml",
            "/theme/",
            "/theme"
        }) {
            assertThat(asset(get(path)).getStatus()).as(path).isEqualTo(404);
        }
        MockHttpServletRequest post = get("/theme/default/0/login.js");
        post.setMethod("POST");
        assertThat(asset(post).getStatus()).isEqualTo(405);
    }

    @Test
    void theIconBrowsersAskForUnaskedIsTheThemes() throws Exception {
        MockHttpServletResponse response = asset(get("/favicon.ico"));

        assertThat(response.getContentType()).isEqualTo("image/svg+xml");
        assertThat(response.getHeader("Content-Security-Policy")).contains("sandbox");
    }

    private MockHttpServletResponse render(Page page, MockHttpServletRequest request, Wishes wishes) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        pages.render(page, 200, wishes, request, response);
        return response;
    }

    private static MockHttpServletResponse choose(String path, String query) throws Exception {
        MockHttpServletRequest request = get(path);
        request.setQueryString(query);
        request.addHeader("Accept", "text/html,application/xhtml+xml");
        return filtered(request);
    }

    private static MockHttpServletResponse filtered(MockHttpServletRequest request) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new PreferenceFilter(SampleServer.issuer()).doFilter(request, response, new MockFilterChain());
        return response;
    }

    private static MockHttpServletResponse asset(MockHttpServletRequest request) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new AssetFilter(THEMES).doFilter(request, response, new MockFilterChain());
        return response;
    }

    private static MockHttpServletRequest get(String path) {
        return new MockHttpServletRequest("GET", path);
    }
}
