package dev.signet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.HandMovedClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestTraceFilterTests {

    private final HandMovedClock clock = new HandMovedClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RequestTraceFilter filter = new RequestTraceFilter(new ClientAddress(List.of()), clock, meters);
    private final Logger logger = (Logger) LoggerFactory.getLogger("signet.request");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private static MockHttpServletRequest request(String method, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setRemoteAddr("203.0.113.5");
        request.addHeader("User-Agent", "curl/8.5.0");
        return request;
    }

    private String run(MockHttpServletRequest request, FilterChain chain) throws Exception {
        filter.doFilter(request, new MockHttpServletResponse(), chain);
        return lines.list.getLast().getFormattedMessage();
    }

    @Test
    void givesTheRequestAnIdAPersonCanRead() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            run(request("GET", "/login"), (request, response) -> {
                RequestTrace trace = RequestTrace.current();
                assertThat(trace.errorId()).matches("[0-9A-HJKMNP-TV-Z]{10}");
                assertThat(trace.address()).isEqualTo("203.0.113.5");
                assertThat(trace.device()).isEqualTo("curl/8.5.0");
                assertThat(trace.at()).isEqualTo(clock.instant());
                assertThat(MDC.get("error_id")).isEqualTo(trace.errorId());
                ids.add(trace.errorId());
            });
        }
        assertThat(ids).hasSize(1_000);
        assertThat(MDC.get("error_id")).isNull();
        assertThat(RequestTrace.current().address()).isEmpty();
    }

    @Test
    void takesNoIdFromOutside() throws Exception {
        MockHttpServletRequest request = request("GET", "/login");
        request.addHeader("X-Request-Id", "0000000000");
        run(
                request,
                (servletRequest, response) ->
                        assertThat(RequestTrace.current().errorId()).isNotEqualTo("0000000000"));
    }

    @Test
    void writesOneLineWithoutQueryOrHandle() throws Exception {
        MockHttpServletRequest request = request("POST", "/login/sgn_fl_secret-part/next");
        request.setQueryString("code=sgn_ac_secret");
        request.addHeader("Authorization", "Basic c2VjcmV0");

        String line = run(request, (servletRequest, response) -> {});

        assertThat(lines.list).hasSize(1);
        assertThat(line).startsWith("POST /login/sgn_fl_***/next 200 ").doesNotContain("secret", "c2VjcmV0", "code=");
    }

    @Test
    void timesWhatTheRequestWasAndWhatBecameOfIt() throws Exception {
        String line = run(
                request("POST", "/oauth2/token"),
                (request, response) -> RequestTrace.current()
                        .outcome(AuditEvent.of(AuditKind.TOKEN_ISSUED).grant("client_credentials")));

        assertThat(line).contains(" token client_credentials token_issued ");
        assertThat(meters.get("signet.operations")
                        .tags("operation", "token", "grant", "client_credentials", "outcome", "token_issued")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void makesNoTimeSeriesOfWhatClientsInvent() throws Exception {
        for (int i = 0; i < 100; i++) {
            String invented = "urn:invented:" + i;
            run(
                    request("POST", "/oauth2/token"),
                    (request, response) -> RequestTrace.current()
                            .outcome(AuditEvent.of(AuditKind.TOKEN_DENIED).grant(invented)));
        }
        assertThat(meters.find("signet.operations").timers()).hasSize(1);
    }

    @Test
    void reportsAFailureWithItsCauseAndLetsItThrough() {
        MockHttpServletRequest request = request("GET", "/boom");
        assertThatThrownBy(() -> run(request, (servletRequest, response) -> {
                    throw new IllegalStateException("inside");
                }))
                .hasMessage("inside");

        ILoggingEvent event = lines.list.getLast();
        assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        assertThat(event.getFormattedMessage()).startsWith("GET /boom 500 ");
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("inside");
    }

    @Test
    void theContainersErrorDispatchIsTheSameRequest() throws Exception {
        MockHttpServletRequest request = request("GET", "/boom");
        AtomicReference<String> id = new AtomicReference<>();
        run(request, (servletRequest, response) -> id.set(RequestTrace.current().errorId()));

        request.setDispatcherType(DispatcherType.ERROR);
        run(
                request,
                (servletRequest, response) ->
                        assertThat(RequestTrace.current().errorId()).isEqualTo(id.get()));

        assertThat(lines.list).hasSize(1);
    }

    @Test
    void assetsAndProbesDoNotFillTheLog() throws Exception {
        filter.doFilter(
                request("GET", "/theme/a.css"), new MockHttpServletResponse(), (servletRequest, response) -> {});
        assertThat(lines.list).isEmpty();
    }
}
