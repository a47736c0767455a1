package dev.signet.tokens;

import dev.signet.clients.Client;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Warns of access tokens that have grown too large: they travel with every request, and servers and proxies refuse
 * headers of some kilobytes. Each client is named in the log once per start; the metric counts every such token.
 */
@Component
class TokenSize {

    /** Characters, which are bytes in a JWT. */
    static final int LARGE = 1_500;

    private static final Logger LOG = LoggerFactory.getLogger(TokenSize.class);
    private static final int MOST_NAMED = 10_000;

    private final Counter large;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    TokenSize(MeterRegistry meters) {
        this.large = Counter.builder("signet.access.tokens.large")
                .description("Access tokens of more than 1.5 kB")
                .register(meters);
    }

    void note(Client client, int length) {
        if (length > LARGE) {
            large.increment();
            if (named.size() < MOST_NAMED && named.add(client.clientId())) {
                LOG.warn(
                        "Access tokens of client {} have {} bytes: more than {} may be refused on their way. Map fewer"
                                + " claims, ask for one API at a time, or make them opaque.",
                        client.clientId(),
                        length,
                        LARGE);
            }
        }
    }
}
