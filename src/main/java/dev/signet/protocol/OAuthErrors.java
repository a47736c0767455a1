package dev.signet.protocol;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.audit.RequestTrace;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.site.Issuer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/**
 * The only place that writes an OAuth error body (RFC 6749 section 5.2): the RFC's code, a safe description, the page
 * that explains it, and the error id that joins it to log and audit trail. The detail stays here.
 */
@Component
class OAuthErrors implements AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OAuthErrors.class);

    private static final String ERROR_ID = "error_id";

    private final AuditTrail audit;
    private final Issuer issuer;

    OAuthErrors(AuditTrail audit, Issuer issuer) {
        this.audit = audit;
        this.issuer = issuer;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        Refused refused = refused(failure);
        AuditKind kind = refused.reason().error().equals("invalid_client")
                ? AuditKind.CLIENT_AUTHENTICATION_FAILED
                : AuditKind.TOKEN_DENIED;
        audit.record(AuditEvent.of(kind)
                .client(ClientAuthentication.presentedId(request))
                .reason(refused.reason().name())
                .grant(String.valueOf(request.getParameter("grant_type")))
                .detail("detail", refused.detail()));
        write(refused, response);
    }

    /** Writes the body and headers; the caller has seen to the audit trail. */
    void write(Refused refused, HttpServletResponse response) throws IOException {
        Reason reason = refused.reason();
        LOG.info(
                "Refused {} {} {}",
                reason.id(),
                reason,
                refused.detail() == null ? "" : LogText.safe(refused.detail()));
        int status = status(reason);
        if (reason.error().equals("invalid_client")) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"" + issuer.value() + "\", charset=\"UTF-8\"");
        }
        if (status == 503 || status == 429) {
            response.setHeader("Retry-After", "1");
        }
        response.setHeader("Pragma", "no-cache");
        Json.write(status, body(reason), response);
    }

    /** Writes the body under a status the container has chosen; gives the error id. */
    String answer(int status, Reason reason, HttpServletResponse response) throws IOException {
        Map<String, Object> body = body(reason);
        Json.write(status, body, response);
        return String.valueOf(body.get(ERROR_ID));
    }

    private Map<String, Object> body(Reason reason) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", reason.error());
        body.put("error_description", reason.description());
        body.put("error_uri", page(issuer, reason));
        body.put(ERROR_ID, RequestTrace.current().errorId());
        return body;
    }

    /** The page that explains a reason. */
    static String page(Issuer issuer, Reason reason) {
        return issuer.url(ErrorHelp.PATH + reason.id());
    }

    /** What the engine's own converters refuse is told in the engine's words to the log, in ours to the client. */
    private static Refused refused(AuthenticationException failure) {
        if (failure instanceof Refused refused) {
            return refused;
        }
        if (failure instanceof OAuth2AuthenticationException engine) {
            String detail = engine.getError().toString();
            return switch (engine.getError().getErrorCode()) {
                case OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE -> new Refused(Reason.GRANT_TYPE_UNSUPPORTED, detail);
                case OAuth2ErrorCodes.INVALID_REQUEST -> new Refused(badRequest(detail), detail);
                case OAuth2ErrorCodes.INVALID_CLIENT -> new Refused(Reason.CLIENT_NOT_AUTHENTICATED, detail);
                default -> new Refused(Reason.REQUEST_MALFORMED, detail);
            };
        }
        return new Refused(Reason.SERVER_ERROR, failure.toString());
    }

    private static Reason badRequest(String detail) {
        if (detail.contains("grant_type")) {
            return Reason.GRANT_TYPE_MISSING;
        }
        return detail.endsWith(": token") ? Reason.TOKEN_MISSING : Reason.REQUEST_MALFORMED;
    }

    static int status(Reason reason) {
        return switch (reason) {
            case REQUEST_TOO_LARGE -> 413;
            case METHOD_NOT_ALLOWED -> 405;
            case SETUP_LINK -> 410;
            case NOT_FOUND -> 404;
            case FORBIDDEN, FOREIGN_FORM -> 403;
            case TOO_MANY_REQUESTS -> 429;
            case CLIENT_UNKNOWN, FLOW_EXPIRED -> 400;
            default ->
                switch (reason.error()) {
                    case "invalid_client", "invalid_token" -> 401;
                    case "insufficient_scope" -> 403;
                    case "server_error" -> 500;
                    case "temporarily_unavailable" -> 503;
                    default -> 400;
                };
        };
    }
}
