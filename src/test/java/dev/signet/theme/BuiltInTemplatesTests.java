package dev.signet.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The built-in themes keep their own rules, and the ids that tests and password managers rely on. */
class BuiltInTemplatesTests {

    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

    private final Pages pages = new Pages(
            new Themes(SampleServer.DEFAULTS, Clock.systemUTC()), SampleServer.DEFAULTS, SampleServer.issuer());

    static Stream<ThemeFile> templates() {
        return Stream.of("default", "example-brand")
                .flatMap(theme -> new ThemeSource(null, new ArrayList<>()).layers(theme).stream())
                .flatMap(layer -> layer.files().values().stream())
                .filter(file -> file.path().endsWith(".html"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateWritesUnescapedOrInline(ThemeFile template) {
        assertThat(TemplateCheck.problems(template)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void onlyLineIconsAndTheMarkArePicturesInTemplates(ThemeFile template) {
        assertThat(template.text()).doesNotContain("http://").doesNotContain("data:");
    }

    @ParameterizedTest
    @CsvSource({
        "login, username password password-peek remember login-submit cancel lang lang-apply",
        "login-wrong, form-error",
        "login-signed-out, form-status",
        "reauth, password password-peek login-submit cancel",
        "accounts, other-account cancel",
        "consent, consent-scopes consent-deny consent-allow",
        "logout, cancel logout-submit",
        "signed-out, back sign-in",
        "error-client, error-ref",
        "error-server, error-action",
        "form-post, form-post form-post-continue",
        "setup, email name new-password setup-submit",
        "account-home, sign-out"
    })
    void everyPageHasItsStableIds(String state, String ids) throws Exception {
        assertThat(ids(html(state))).contains(ids.split(" ")).contains("page-title");
    }

    @Test
    void noIdIsThereTwice() throws Exception {
        for (String state : SamplePages.all().keySet()) {
            assertThat(ids(html(state))).as(state).doesNotHaveDuplicates();
        }
    }

    @Test
    void aFailedFormTiesItsFieldsToTheAlertAndSaysSoInTheTitle() throws Exception {
        String html = html("login-wrong");

        assertThat(html)
                .contains("<title>Error: Sign in · Signet</title>")
                .containsPattern("id=\"username\"[^>]*aria-invalid=\"true\" aria-describedby=\"form-error\"")
                .containsPattern("id=\"password\"[^>]*aria-invalid=\"true\" aria-describedby=\"form-error\"")
                .containsPattern("id=\"password\"[^>]*autofocus");
        assertThat(html("login")).doesNotContain("aria-invalid");
    }

    @Test
    void whatComesFromOutsideIsEscaped() throws Exception {
        String evil = "\"><script>alert('x')</script>";
        Map<String, String> hidden = Map.of("flow", evil);
        AppView app = new AppView(evil, "javascript:alert(1)", null, "javascript:alert(1)", "https://x/\"><b>");
        List<Page> evilPages = List.of(
                new LoginPage(
                        "/login", hidden, app, evil, Alert.of("login.lead", evil), null, true, true, null, null, true),
                new ConsentPage(
                        "/c", hidden, app, evil, null, List.of(ScopeView.required(evil, evil, true)), evil, true),
                new FormPostPage("https://app.example/cb?x=\"><b>", Map.of("state", evil)),
                new ErrorPage(ErrorKind.CLIENT, evil, Instant.EPOCH, evil, evil, null),
                new HomePage(evil, evil, "/logout", hidden, null));
        for (Page page : evilPages) {
            MockHttpServletRequest request = new MockHttpServletRequest("GET", "/p");
            request.setQueryString("a=%22%3E%3Cscript%3Ealert('x')%3C/script%3E");
            MockHttpServletResponse response = new MockHttpServletResponse();
            pages.render(page, 200, request, response);
            assertThat(response.getContentAsString())
                    .as(page.name())
                    .doesNotContain("<script>")
                    .doesNotContain("javascript:")
                    .doesNotContain("?x=\"><b>")
                    .doesNotContain("x/\"><b>");
        }
    }

    private static List<String> ids(String html) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = ID.matcher(html);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private String html(String state) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        pages.render(SamplePages.all().get(state), 200, new MockHttpServletRequest("GET", "/sample"), response);
        return response.getContentAsString();
    }
}
