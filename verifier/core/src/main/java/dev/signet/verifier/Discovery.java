package dev.signet.verifier;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps the issuer's metadata; looks again now and then, and goes on with what it has when the issuer is away. */
final class Discovery {

    private static final long LIFETIME = Duration.ofMinutes(30).toNanos();

    private final IssuerHttp http;
    private final String issuer;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Metadata metadata;
    private long fetchedAt;

    Discovery(IssuerHttp http, String issuer) {
        this.http = http;
        this.issuer = issuer;
    }

    /** The metadata; waits for the issuer, so only fetches that run in the background may ask. */
    Metadata metadata() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Metadata known = metadata;
            if (known != null && System.nanoTime() - fetchedAt < LIFETIME) {
                return known;
            }
            try {
                Metadata fresh = Metadata.fetch(http, issuer);
                metadata = fresh;
                fetchedAt = System.nanoTime();
                return fresh;
            } catch (IOException e) {
                if (known == null) {
                    throw e;
                }
                return known;
            }
        } finally {
            lock.unlock();
        }
    }
}
