package dev.signet.site;

import java.net.URI;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The issuer identifier (RFC 8414 section 2, OpenID Connect Discovery section 3): the name under which clients know
 * this server, and the root of every absolute address it gives out.
 *
 * <p>It comes from the setting {@code signet.issuer} alone. No request header ever reaches an address: a forged
 * {@code Host} or {@code X-Forwarded-Host} would otherwise turn links and redirects against the people who follow them.
 *
 * <p>Plain {@code http} is accepted for loopback hosts only; a query or fragment is refused, and so is a trailing
 * slash, since clients compare the value byte for byte.
 */
@Component
public final class Issuer {

    private static final String DEFAULT = "http://localhost:9000";

    private final URI uri;

    @Autowired
    public Issuer(Environment environment) {
        this(Binder.get(environment).bind("signet.issuer", String.class).orElse(DEFAULT));
    }

    Issuer(String value) {
        URI parsed = URI.create(value);
        if (parsed.getHost() == null || parsed.getRawQuery() != null || parsed.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "signet.issuer must be an absolute URL with a host and without query or fragment: " + value);
        }
        if (value.endsWith("/")) {
            throw new IllegalArgumentException("signet.issuer must not end with a slash: " + value);
        }
        boolean https = "https".equals(parsed.getScheme());
        if (!https && !("http".equals(parsed.getScheme()) && isLoopback(parsed.getHost()))) {
            throw new IllegalArgumentException(
                    "signet.issuer must use https (plain http is allowed for localhost, 127.0.0.1 and [::1] only): "
                            + value);
        }
        this.uri = parsed;
    }

    /** The identifier as clients compare it. */
    public String value() {
        return uri.toString();
    }

    /** The absolute address of a path of ours; the path starts with a slash. */
    public String url(String path) {
        return uri + path;
    }

    /** Scheme, host and port, as a browser sends them in an {@code Origin} header. */
    public String origin() {
        int port = uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + (port < 0 ? "" : ":" + port);
    }

    /** The path below which everything lives: empty, or starting with a slash. */
    public String path() {
        return uri.getRawPath();
    }

    /** Whether browsers reach this server by TLS; cookies are {@code __Host-} and Secure then. */
    public boolean https() {
        return "https".equals(uri.getScheme());
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    @Override
    public String toString() {
        return value();
    }
}
