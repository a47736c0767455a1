package dev.signet.protocol;

import dev.signet.audit.AuditBusy;
import dev.signet.crypto.HashingBusy;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns whatever was thrown into an answer: refusals into theirs, a database that is away or a queue that is full into
 * 503 with Retry-After, anything else into 500. No stack trace and no word of the inside ever leaves.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class LastResortFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(LastResortFilter.class);

    /** Addresses that programs call; all others are pages for people. */
    private static final Set<String> OF_PROGRAMS = Set.of(
            TokenEndpoint.PATH,
            IntrospectionEndpoint.PATH,
            RevocationEndpoint.PATH,
            UserInfoEndpoint.PATH,
            JwkSetEndpoint.PATH,
            StatusListEndpoint.PATH);

    /** What {@link CrossOriginFilter} has said of who may read the answer. */
    private static final List<String> OF_ORIGINS = List.of(
            HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaders.VARY);

    private final OAuthErrors errors;
    private final ErrorPages errorPages;

    LastResortFilter(OAuthErrors errors, ErrorPages errorPages) {
        this.errors = errors;
        this.errorPages = errorPages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException | Error failure) {
            Refused refused = refused(failure);
            if (!response.isCommitted()) {
                resetButForOrigins(response);
                answer(refused, request, response);
            } else if (OAuthErrors.status(refused.reason()) >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
                throw failure;
            }
            // Else the container has refused the body itself, and asks UnhandledController for the answer.
        }
    }

    /** Nothing of the answer begun may stay, a session's cookie least of all; but scripts must be able to read the refusal. */
    private static void resetButForOrigins(HttpServletResponse response) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : OF_ORIGINS) {
            String value = response.getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        response.reset();
        kept.forEach(response::setHeader);
    }

    void answer(Refused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String uri = original instanceof String text ? text : request.getRequestURI();
        String path = uri.startsWith(request.getContextPath())
                ? uri.substring(request.getContextPath().length())
                : uri;
        if (OF_PROGRAMS.contains(path)
                || path.startsWith("/.well-known/")
                || path.startsWith(StatusListEndpoint.PATH + "/")) {
            errors.write(refused, response);
        } else {
            errorPages.render(refused, request, response);
        }
    }

    private static Refused refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused;
            }
            if (isAway(cause)) {
                LOG.warn("Answered 503: {}", failure.toString());
                return new Refused(Reason.UNAVAILABLE, cause.getClass().getSimpleName());
            }
        }
        LOG.error("Answered 500", failure);
        return new Refused(Reason.SERVER_ERROR, failure.getClass().getSimpleName());
    }

    /** A statement that was wrong in itself is our bug (500); any other trouble with the database passes (503). */
    private static boolean isAway(Throwable cause) {
        boolean ours = cause instanceof NonTransientDataAccessException
                && !(cause instanceof NonTransientDataAccessResourceException);
        return cause instanceof HashingBusy
                || cause instanceof AuditBusy
                || cause instanceof TransactionException
                || (cause instanceof DataAccessException && !ours)
                || (cause instanceof SQLException sql
                        && String.valueOf(sql.getSQLState()).startsWith("08"));
    }
}
