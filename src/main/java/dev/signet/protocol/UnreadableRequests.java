package dev.signet.protocol;

import dev.signet.refusals.Reason;
import java.io.IOException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Answers requests that the container refuses before anything of ours sees them, because their first line or head cannot
 * be read or is too long: as any other refusal, with an error id that also stands in the log, and as JSON, since nothing
 * is known of who asks.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class UnreadableRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRequests.class);

    private final OAuthErrors errors;

    UnreadableRequests(OAuthErrors errors) {
        this.errors = errors;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            for (Valve valve : host.getPipeline().getValves()) {
                if (valve instanceof ErrorReportValve) {
                    host.getPipeline().removeValve(valve);
                }
            }
            // Named, so that the host does not add one of its own beside it.
            host.setErrorReportValveClass(Answer.class.getName());
            host.getPipeline().addValve(new Answer(errors));
        });
    }

    /** Takes the place of the container's own error page. */
    private static final class Answer extends ErrorReportValve {

        private final OAuthErrors errors;

        Answer(OAuthErrors errors) {
            this.errors = errors;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            Reason reason = reason(status);
            try {
                LOG.info(
                        "Refused {} {} by the container, {}",
                        reason.id(),
                        reason,
                        errors.answer(status, reason, response));
            } catch (IOException | IllegalStateException gone) {
                LOG.debug("Nobody waits for the answer: {}", gone.toString());
            }
        }

        private static Reason reason(int status) {
            return switch (status) {
                case 404 -> Reason.NOT_FOUND;
                case 405, 501 -> Reason.METHOD_NOT_ALLOWED;
                case 413, 414, 431 -> Reason.REQUEST_TOO_LARGE;
                case 503 -> Reason.UNAVAILABLE;
                default -> status >= 500 ? Reason.SERVER_ERROR : Reason.REQUEST_MALFORMED;
            };
        }
    }
}
