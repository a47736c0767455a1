package dev.signet.sessions;

import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.site.Issuer;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The two cookies of the sign-in pages: one names the browser, one the session. Both are handles, HttpOnly and
 * SameSite=Lax; over TLS they carry the {@code __Host-} prefix and Secure, so that no sibling domain can plant one
 * (session fixation). Over plain http, which only a loopback issuer may use, browsers refuse that prefix.
 */
@Component
public class SignInCookies {

    private static final String BROWSER = "signet_browser";
    private static final String SESSION = "signet_session";

    private final Handles handles;
    private final Ids ids;
    private final SessionsProperties properties;
    private final boolean secure;
    private final String prefix;

    SignInCookies(Handles handles, Ids ids, SessionsProperties properties, Issuer issuer) {
        this.handles = handles;
        this.ids = ids;
        this.properties = properties;
        this.secure = issuer.https();
        this.prefix = secure ? "__Host-" : "";
    }

    /** The browser that sent the request, unless it sent no cookie of ours. */
    public Optional<Browser> browser(HttpServletRequest request) {
        return read(request, HandleKind.BROWSER, BROWSER).map(Browser::new);
    }

    /** The browser that sent the request; one that is new here gets its cookie with the response. */
    public Browser browserOrNew(HttpServletRequest request, HttpServletResponse response) {
        String attribute = Browser.class.getName();
        if (request.getAttribute(attribute) instanceof Browser known) {
            return known;
        }
        Browser browser = browser(request).orElseGet(() -> {
            Handle handle = handles.mint(HandleKind.BROWSER, ids.next());
            write(response, BROWSER, handle.value().reveal(), properties.browserMemory());
            return new Browser(handle);
        });
        request.setAttribute(attribute, browser);
        return browser;
    }

    Optional<Handle> session(HttpServletRequest request) {
        return read(request, HandleKind.SESSION, SESSION);
    }

    void writeSession(HttpServletResponse response, Handle handle, boolean remembered) {
        write(response, SESSION, handle.value().reveal(), remembered ? properties.remembered() : null);
    }

    void clearSession(HttpServletResponse response) {
        write(response, SESSION, "", Duration.ZERO);
    }

    private Optional<Handle> read(HttpServletRequest request, HandleKind kind, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String full = prefix + name;
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(full)) {
                Optional<Handle> handle = handles.parse(kind, cookie.getValue());
                if (handle.isPresent()) {
                    return handle;
                }
            }
        }
        return Optional.empty();
    }

    private void write(HttpServletResponse response, String name, String value, @Nullable Duration maxAge) {
        ResponseCookie.ResponseCookieBuilder cookie = ResponseCookie.from(prefix + name, value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax");
        if (maxAge != null) {
            cookie.maxAge(maxAge);
        }
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }
}
