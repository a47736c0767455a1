package dev.signet.protocol;

import dev.signet.audit.RequestTrace;
import dev.signet.refusals.Reason;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.theme.FormPostPage;
import dev.signet.theme.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Writes the answer of the authorization endpoint to the app, in the mode it asked for: with {@code state} as it came,
 * and with {@code iss}, so that no app takes the answer for another server's (RFC 9207).
 */
@Component
class AuthorizationResponses {

    private final Pages pages;
    private final Issuer issuer;

    AuthorizationResponses(Pages pages, Issuer issuer) {
        this.pages = pages;
        this.issuer = issuer;
    }

    void code(ReturnAddress address, String code, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("code", code);
        send(address, fields, request, response);
    }

    /**
     * RFC 6749 section 4.1.2.1. The reference stands in the description: apps log that, and a parameter of our own would
     * be one that no standard knows.
     */
    void error(ReturnAddress address, Reason reason, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", reason.error());
        fields.put(
                "error_description",
                reason.description() + " Reference: " + RequestTrace.current().errorId() + ".");
        fields.put("error_uri", OAuthErrors.page(issuer, reason));
        send(address, fields, request, response);
    }

    private void send(
            ReturnAddress address, Map<String, String> fields, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (address.state() != null) {
            fields.put("state", address.state());
        }
        fields.put("iss", issuer.value());
        switch (address.mode()) {
            case QUERY -> {
                String separator = address.redirectUri().contains("?") ? "&" : "?";
                SeeOther.to(address.redirectUri() + separator + encoded(fields), response);
            }
            case FRAGMENT -> SeeOther.to(address.redirectUri() + "#" + encoded(fields), response);
            case FORM_POST -> pages.render(new FormPostPage(address.redirectUri(), fields), 200, request, response);
        }
    }

    private static String encoded(Map<String, String> fields) {
        StringBuilder query = new StringBuilder();
        fields.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(Parameters.encode(value)));
        return query.toString();
    }
}
