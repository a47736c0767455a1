package dev.signet.theme;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a page's language: the app's {@code ui_locales}, then the person's choice kept in a cookie, then the account's
 * language, then the browser's {@code Accept-Language}, then the default.
 *
 * <p>A choice made on a page the app had asked for in another language stands against that wish: the cookie remembers which wish
 * it overruled.
 */
final class Languages {

    static final String COOKIE = "signet_lang";

    /** Separates the chosen language from the overruled wish; in neither, and allowed in a cookie's value. */
    static final char OVER = '.';

    private static final int MAX_WISH = 200;

    private Languages() {}

    static Locale choose(HttpServletRequest request, Wishes wishes, Collection<Locale> offered, Locale defaultLocale) {
        String asked = asked(request, wishes);
        String cookie = cookie(request, COOKIE);
        String chosen = cookie == null ? null : before(cookie);
        Locale byApp = asked == null ? null : lookUp(asked, offered);
        Locale byChoice = chosen == null ? null : lookUp(chosen, offered);
        if (byApp != null && (byChoice == null || cookie == null || !overrules(cookie, asked))) {
            return byApp;
        }
        if (byChoice != null) {
            return byChoice;
        }
        String account = wishes.accountLocale();
        Locale byAccount = account == null ? null : lookUp(account, offered);
        if (byAccount != null) {
            return byAccount;
        }
        Locale byBrowser = accepted(request.getHeader("Accept-Language"), offered);
        if (byBrowser != null) {
            return byBrowser;
        }
        return offered.contains(defaultLocale)
                ? defaultLocale
                : offered.iterator().next();
    }

    /** Gives the app's wish in a form a cookie can hold: language tags joined by underscores; null for none. */
    static @Nullable String asked(HttpServletRequest request, Wishes wishes) {
        String asked = wishes.uiLocales();
        if (asked == null && "GET".equals(request.getMethod())) {
            asked = fromAddress(request);
        }
        if (asked == null || asked.isBlank() || asked.length() > MAX_WISH) {
            return null;
        }
        String joined = asked.strip().replaceAll("[\\s_]+", "_");
        return joined.matches("[A-Za-z0-9_-]+") ? joined : null;
    }

    /** Not by the container's reading of the parameters: the page may be the one that says they cannot be read. */
    private static @Nullable String fromAddress(HttpServletRequest request) {
        for (String pair : QueryString.pairs(request.getQueryString())) {
            if (QueryString.name(pair).equals("ui_locales")) {
                return QueryString.value(pair);
            }
        }
        return null;
    }

    static @Nullable String cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    private static String before(String cookie) {
        int end = cookie.indexOf(OVER);
        return end < 0 ? cookie : cookie.substring(0, end);
    }

    private static boolean overrules(String cookie, @Nullable String asked) {
        int end = cookie.indexOf(OVER);
        return end >= 0 && cookie.substring(end + 1).equals(asked);
    }

    private static @Nullable Locale lookUp(String tags, Collection<Locale> offered) {
        List<LanguageRange> ranges = new ArrayList<>();
        for (String tag : tags.split("[\\s_]+")) {
            try {
                ranges.add(new LanguageRange(tag));
            } catch (IllegalArgumentException malformed) {
                // Not a language; the next one may be.
            }
        }
        return ranges.isEmpty() ? null : Locale.lookup(ranges, offered);
    }

    private static @Nullable Locale accepted(@Nullable String header, Collection<Locale> offered) {
        if (header == null || header.isBlank() || header.length() > MAX_WISH) {
            return null;
        }
        try {
            return Locale.lookup(LanguageRange.parse(header), offered);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
