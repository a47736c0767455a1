package dev.signet.login;

import dev.signet.crypto.KeyedHash;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Guards forms against being sent from elsewhere (cross-site request forgery, sign-in CSRF): each carries a token that is
 * computed from what it belongs to (a flow and the browser, or a session) and needs no storage.
 */
@Component
public class FormGuard {

    /** The name of the hidden field. */
    public static final String FIELD = "csrf";

    /** 32 bytes in base64url. */
    private static final int TOKEN_LENGTH = 43;

    private final KeyedHash keyedHash;

    FormGuard(KeyedHash keyedHash) {
        this.keyedHash = keyedHash;
    }

    /**
     * The token of a form.
     *
     * @param purpose what the form does
     * @param owner what it belongs to: the browser or the session
     * @param subject what it is about, a flow say
     */
    public String token(String purpose, UUID owner, String subject) {
        byte[] hash = keyedHash.of(context(purpose), value(owner, subject));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /** @throws Refused if the request does not carry the form's token */
    public void check(HttpServletRequest request, String purpose, UUID owner, String subject) {
        // A form may be older than the key that new ones are made with.
        if (!keyedHash.matches(context(purpose), value(owner, subject), decoded(request.getParameter(FIELD)))) {
            throw new Refused(Reason.FOREIGN_FORM, "form token of " + purpose);
        }
    }

    private static String context(String purpose) {
        return "form " + purpose;
    }

    private static String value(UUID owner, String subject) {
        return owner + " " + subject;
    }

    private static byte[] decoded(@Nullable String presented) {
        if (presented == null || presented.length() != TOKEN_LENGTH) {
            return new byte[0];
        }
        try {
            return Base64.getUrlDecoder().decode(presented);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
