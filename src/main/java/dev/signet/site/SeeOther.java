package dev.signet.site;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * Sends a browser on with 303 See Other: it follows with GET and drops the form it has posted, so that a password never
 * travels on to the next place (RFC 9700 section 4.12).
 */
public final class SeeOther {

    private SeeOther() {}

    /** @param address absolute, made from the issuer or a registered redirect URI, never from a request header */
    public static void to(String address, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, address);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "same-origin");
    }
}
