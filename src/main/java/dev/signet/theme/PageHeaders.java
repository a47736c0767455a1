package dev.signet.theme;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/**
 * The headers of every page: nothing from elsewhere, nothing inline, never framed, never kept. They guard against cross-site
 * scripting, click-jacking and leaks by way of caches and referrers.
 */
final class PageHeaders {

    private static final String PERMISSIONS =
            "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), "
                    + "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), "
                    + "publickey-credentials-get=(self), publickey-credentials-create=(self)";

    private PageHeaders() {}

    static void write(Page.Stage stage, Theme theme, Locale locale, HttpServletResponse response) {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, locale.toLanguageTag());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", policy(stage, theme));
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Not no-referrer: browsers would send "Origin: null" with our own forms.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Permissions-Policy", PERMISSIONS);
        if (stage == Page.Stage.OWN) {
            response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        }
    }

    private static String policy(Page.Stage stage, Theme theme) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src " + sources(theme.imgOrigins())
                + "; font-src " + sources(theme.fontOrigins())
                + "; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
                + (stage == Page.Stage.OWN ? "; form-action 'self'" : "");
    }

    private static String sources(List<String> origins) {
        return origins.isEmpty() ? "'self'" : "'self' " + String.join(" ", origins);
    }
}
