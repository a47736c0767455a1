package dev.signet.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * The outermost filter: gives each request its {@link RequestTrace}, and writes one log line and one timing when it is
 * answered.
 *
 * <p>The line holds method, path, status, time and error id; never the query, a header or a body, where codes and tokens
 * travel. A handle within a path is masked.
 */
class RequestTraceFilter implements Filter {

    static final String ERROR_ID = "error_id";

    private static final Logger log = LoggerFactory.getLogger("signet.request");
    private static final String TRACE = RequestTrace.class.getName();
    private static final Pattern HANDLE = Pattern.compile("(sgn_[a-z]{2}_)[^/]*");
    private static final int LONGEST_PATH = 200;

    private final ClientAddress clientAddress;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Operation, Timer> timers = new ConcurrentHashMap<>();

    RequestTraceFilter(ClientAddress clientAddress, Clock clock, MeterRegistry meters) {
        this.clientAddress = clientAddress;
        this.clock = clock;
        this.meters = meters;
    }

    private record Operation(String name, String grant, String outcome) {}

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        boolean first = request.getDispatcherType() == DispatcherType.REQUEST && request.getAttribute(TRACE) == null;
        RequestTrace trace = first ? newTrace(request) : existing(request);
        long began = System.nanoTime();
        @Nullable Throwable failure = null;
        RequestTrace.set(trace);
        MDC.put(ERROR_ID, trace.errorId());
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            if (first) {
                report(request, response, trace, System.nanoTime() - began, failure);
            }
            MDC.remove(ERROR_ID);
            RequestTrace.clear();
        }
    }

    private RequestTrace newTrace(HttpServletRequest request) {
        RequestTrace trace = new RequestTrace(
                clientAddress.of(request), DeviceName.of(request.getHeader("User-Agent")), clock.instant());
        request.setAttribute(TRACE, trace);
        return trace;
    }

    /** The container's error dispatch is the same request: a page made there shows the same id. */
    private RequestTrace existing(HttpServletRequest request) {
        return request.getAttribute(TRACE) instanceof RequestTrace trace ? trace : newTrace(request);
    }

    private void report(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestTrace trace,
            long nanos,
            @Nullable Throwable failure) {
        int status = failure == null ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        String operation = trace.operation();
        // An event may have been recorded in a transaction that was then rolled back.
        String outcome = status >= 500 ? "server_error" : trace.outcome();
        if (operation != null) {
            timers.computeIfAbsent(new Operation(operation, trace.grant(), outcome), this::timer)
                    .record(nanos, TimeUnit.NANOSECONDS);
        }
        Level level = status >= 500 ? Level.ERROR : quiet(request.getRequestURI()) ? Level.DEBUG : Level.INFO;
        if (!log.isEnabledForLevel(level)) {
            return;
        }
        log.atLevel(level)
                .setCause(failure)
                .log(
                        "{} {} {} {} ms {} {} {} {}",
                        request.getMethod(),
                        path(request.getRequestURI()),
                        status,
                        nanos / 1_000_000,
                        operation == null ? "-" : operation,
                        trace.grant(),
                        operation == null ? "-" : outcome,
                        trace.errorId());
    }

    private Timer timer(Operation operation) {
        return Timer.builder("signet.operations")
                .description("Requests by what they asked for and what became of it")
                .tag("operation", operation.name())
                .tag("grant", operation.grant())
                .tag("outcome", operation.outcome())
                .register(meters);
    }

    /** Assets and probes are many and say little. */
    private static boolean quiet(String path) {
        return path.contains("/theme/") || path.contains("/actuator/");
    }

    static String path(String uri) {
        String path = uri.length() > LONGEST_PATH ? uri.substring(0, LONGEST_PATH) + "..." : uri;
        return path.contains("sgn_") ? HANDLE.matcher(path).replaceAll("$1***") : path;
    }
}
