package dev.signet.protocol;

import dev.signet.audit.RequestTrace;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.site.Issuer;
import dev.signet.theme.ErrorKind;
import dev.signet.theme.ErrorPage;
import dev.signet.theme.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Shows a person that a request was refused: what happened, what to do, and the reference for support. */
@Component
class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private final Pages pages;
    private final Issuer issuer;
    private final Clock clock;

    ErrorPages(Pages pages, Issuer issuer, Clock clock) {
        this.pages = pages;
        this.issuer = issuer;
        this.clock = clock;
    }

    void render(Refused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Reason reason = refused.reason();
        ErrorKind kind = kind(reason);
        LOG.info(
                "Refused {} {} {}",
                reason.id(),
                reason,
                refused.detail() == null ? "" : LogText.safe(refused.detail()));
        if (kind == ErrorKind.UNAVAILABLE || kind == ErrorKind.THROTTLED) {
            response.setHeader("Retry-After", "5");
        }
        ErrorPage page = new ErrorPage(
                kind,
                RequestTrace.current().errorId(),
                Instant.now(clock),
                reason.error() + " (" + reason.id() + ")",
                shown(refused),
                kind == ErrorKind.CLIENT ? null : issuer.url("/account"),
                OAuthErrors.page(issuer, reason),
                List.of());
        pages.render(page, OAuthErrors.status(reason), request, response);
    }

    /** Only the redirect URI is shown: it came in the address, and whoever set the app up must see what to correct. */
    private static @Nullable String shown(Refused refused) {
        return switch (refused.reason()) {
            case REDIRECT_URI_UNKNOWN, SIGN_OUT_REDIRECT_UNKNOWN -> refused.detail();
            default -> null;
        };
    }

    private static ErrorKind kind(Reason reason) {
        return switch (reason) {
            case CLIENT_ID_MISSING,
                    CLIENT_UNKNOWN,
                    REDIRECT_URI_MISSING,
                    REDIRECT_URI_UNKNOWN,
                    SIGN_OUT_REDIRECT_UNKNOWN,
                    SIGN_OUT_CLIENT_DIFFERS -> ErrorKind.CLIENT;
            case FLOW_EXPIRED -> ErrorKind.FLOW_EXPIRED;
            case SETUP_LINK -> ErrorKind.SETUP_LINK;
            case COOKIES_MISSING -> ErrorKind.COOKIES;
            case FORBIDDEN, FOREIGN_FORM -> ErrorKind.FORBIDDEN;
            case NOT_FOUND -> ErrorKind.NOT_FOUND;
            case TOO_MANY_REQUESTS -> ErrorKind.THROTTLED;
            case UNAVAILABLE -> ErrorKind.UNAVAILABLE;
            case SERVER_ERROR -> ErrorKind.SERVER;
            default -> ErrorKind.REQUEST;
        };
    }
}
