package dev.signet.theme;

import dev.signet.site.Issuer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps a person's choice of language or colour scheme. Any page takes {@code lang} or {@code color-scheme} in its address; the
 * answer sets a cookie and goes back to the same address without it, so that a reload or a bookmark does not choose again.
 *
 * <p>The way back is relative to the address itself: whatever the address, it cannot lead elsewhere.
 */
final class PreferenceFilter extends OncePerRequestFilter {

    static final String SCHEME_COOKIE = "signet_scheme";
    static final String LANG = "lang";
    static final String SCHEME = "color-scheme";

    /** Name of the parameter in which the language form repeats the app's wish. */
    static final String ASKED = "lang-asked";

    static final Set<String> OWN_PARAMETERS = Set.of(LANG, ASKED, SCHEME);

    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}");
    private static final Pattern WISH = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private static final Duration KEPT = Duration.ofDays(365);

    private final Issuer issuer;

    PreferenceFilter(Issuer issuer) {
        this.issuer = issuer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        if (query == null || !"GET".equals(request.getMethod()) || !wantsPage(request) || !chooses(query)) {
            chain.doFilter(request, response);
            return;
        }
        String lang = null;
        String asked = null;
        String scheme = null;
        List<String> rest = new ArrayList<>();
        for (String pair : QueryString.pairs(query)) {
            switch (QueryString.name(pair)) {
                case LANG -> lang = QueryString.value(pair);
                case ASKED -> asked = QueryString.value(pair);
                case SCHEME -> scheme = QueryString.value(pair);
                default -> rest.add(pair);
            }
        }
        if (lang != null && TAG.matcher(lang).matches()) {
            boolean overrules = asked != null && WISH.matcher(asked).matches();
            keep(response, Languages.COOKIE, overrules ? lang + Languages.OVER + asked : lang, KEPT);
        }
        if (scheme != null) {
            boolean chosen = scheme.equals("light") || scheme.equals("dark");
            keep(response, SCHEME_COOKIE, chosen ? scheme : "", chosen ? KEPT : Duration.ZERO);
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.LOCATION, lastSegment(request.getRequestURI(), rest));
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    private static boolean chooses(String query) {
        for (String pair : QueryString.pairs(query)) {
            String name = QueryString.name(pair);
            if (name.equals(LANG) || name.equals(SCHEME)) {
                return true;
            }
        }
        return false;
    }

    private static String lastSegment(String path, List<String> query) {
        String segment = "./" + path.substring(path.lastIndexOf('/') + 1);
        return query.isEmpty() ? segment : segment + "?" + String.join("&", query);
    }

    private void keep(HttpServletResponse response, String name, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(name, value)
                .path(issuer.path() + "/")
                .httpOnly(true)
                .secure(issuer.https())
                .sameSite("Lax")
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
