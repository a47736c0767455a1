package dev.signet.login;

import dev.signet.crypto.Digest;
import dev.signet.crypto.KeyedHash;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Guards forms against being sent from elsewhere (cross-site request forgery, sign-in CSRF): each carries a token that is
 * computed from what it belongs to (a flow and the browser, or a session) and needs no storage.
 */
@Component
public class FormGuard {

    /** The name of the hidden field. */
    public static final String FIELD = "csrf";

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
        byte[] hash = keyedHash.of("form " + purpose, owner + " " + subject);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /** @throws Refused if the request does not carry the form's token */
    public void check(HttpServletRequest request, String purpose, UUID owner, String subject) {
        String presented = request.getParameter(FIELD);
        byte[] expected = token(purpose, owner, subject).getBytes(StandardCharsets.US_ASCII);
        if (presented == null || !Digest.equal(presented.getBytes(StandardCharsets.UTF_8), expected)) {
            throw new Refused(Reason.FOREIGN_FORM, "form token of " + purpose);
        }
    }
}
