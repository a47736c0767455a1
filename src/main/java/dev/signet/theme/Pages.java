package dev.signet.theme;

import dev.signet.site.Issuer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thymeleaf.exceptions.TemplateProcessingException;

/**
 * Renders a page straight into the response, with all its headers, in the person's language and the right theme. Works from a
 * filter as well as from a controller: it needs no view resolver and no session.
 *
 * <p>The page is complete before the first byte leaves. If a theme's template fails, the built-in one takes over: a slip in a
 * theme must not keep people from signing in.
 */
public class Pages {

    private static final Logger log = LoggerFactory.getLogger(Pages.class);
    private static final int USUAL_SIZE = 8192;

    private final Themes themes;
    private final ThemeProperties properties;
    private final Issuer issuer;

    Pages(Themes themes, ThemeProperties properties, Issuer issuer) {
        this.themes = themes;
        this.properties = properties;
        this.issuer = issuer;
    }

    /** Renders a page with nothing known but the request. */
    public void render(Page page, int status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        render(page, status, Wishes.NONE, request, response);
    }

    /** Renders an error page with the status of its kind. */
    public void render(ErrorPage page, HttpServletRequest request, HttpServletResponse response) throws IOException {
        render(page, page.kind().status(), Wishes.NONE, request, response);
    }

    /**
     * Renders a page.
     *
     * @param page what to show
     * @param status HTTP status of the answer
     * @param wishes what the caller knows of the app and the account
     * @throws IOException if the browser went away
     */
    public void render(Page page, int status, Wishes wishes, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Theme theme = themes.find(wishes.theme());
        Locale locale = locale(request, wishes, theme);
        PageView view = PageView.of(request, wishes, locale, theme.words().keySet());
        StringWriter html = new StringWriter(USUAL_SIZE);
        try {
            theme.render(page.name(), locale, PageModel.of(page, theme, locale, view, issuer.path()), html);
        } catch (TemplateProcessingException failed) {
            log.error("Theme {} fails on the page {}; using the built-in one", theme.name(), page.name(), failed);
            theme = themes.bedrock();
            html = new StringWriter(USUAL_SIZE);
            theme.render(page.name(), locale, PageModel.of(page, theme, locale, view, issuer.path()), html);
        }
        byte[] body = html.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        PageHeaders.write(page.stage(), theme, locale, response);
        // Never compressed: a page holds a secret (csrf) beside what the address says (BREACH).
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Gives the language the next page would come out in. */
    public Locale locale(HttpServletRequest request, Wishes wishes) {
        return locale(request, wishes, themes.find(wishes.theme()));
    }

    private Locale locale(HttpServletRequest request, Wishes wishes, Theme theme) {
        return Languages.choose(request, wishes, theme.words().keySet(), properties.defaultLocale());
    }
}
