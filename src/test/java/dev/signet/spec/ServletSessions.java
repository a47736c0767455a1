package dev.signet.spec;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Watches every server of this JVM for servlet sessions. There must be none, whatever the requests: a session in the
 * memory of one node is what a second node would miss.
 */
final class ServletSessions implements HttpSessionListener {

    private static final List<Throwable> CREATED = new CopyOnWriteArrayList<>();

    private ServletSessions() {}

    static ApplicationContextInitializer<GenericApplicationContext> watch() {
        return context -> context.registerBean(
                "servletSessionsWatch",
                ServletListenerRegistrationBean.class,
                () -> new ServletListenerRegistrationBean<>(new ServletSessions()));
    }

    /** Where servlet sessions were created so far. */
    static List<Throwable> created() {
        return CREATED;
    }

    /** Fails if any server of this JVM has created one, or an answer sets the cookie of one. */
    static void forbid(java.net.http.HttpHeaders answer) {
        if (!CREATED.isEmpty()) {
            throw new AssertionError("a servlet session was created", CREATED.getFirst());
        }
        for (String cookie : answer.allValues("Set-Cookie")) {
            if (cookie.toUpperCase(java.util.Locale.ROOT).startsWith("JSESSIONID")) {
                throw new AssertionError("a servlet session's cookie was set: " + cookie);
            }
        }
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        CREATED.add(new Throwable("session " + event.getSession().getId()));
    }
}
