package dev.signet.tokens;

import dev.signet.clients.Clients;
import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sees to it that every algorithm a client chose has a key by the time its first token is signed: the key is made, and in
 * the JWK set, when the client is registered. Should that come too late, signing makes it.
 */
@Component
class AlgorithmsInUse implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AlgorithmsInUse.class);

    private final Clients clients;
    private final SigningKeys keys;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("algorithms-in-use").factory());
    private volatile boolean running;

    AlgorithmsInUse(Clients clients, SigningKeys keys) {
        this.clients = clients;
        this.keys = keys;
    }

    private void look() {
        try {
            worker.execute(this::ensure);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping", e);
        }
    }

    private void ensure() {
        try {
            clients.signingAlgorithms().stream()
                    .flatMap(name -> SigningAlgorithm.ofJwsName(name).stream())
                    .forEach(keys::ensure);
        } catch (RuntimeException e) {
            LOG.warn("Could not see to keys for the algorithms in use: {}", e.toString());
        }
    }

    @Override
    public void start() {
        ensure();
        clients.onChange(this::look);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        worker.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
