package dev.signet.verifier;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys (RFC 7517), fetched in the background as often as it says. While the issuer is away the last set
 * goes on serving.
 *
 * <p>A key id nobody has heard of makes it look at once, but rarely: key ids are chosen by whoever writes the token.
 */
final class IssuerKeys {

    private static final System.Logger LOG = System.getLogger(IssuerKeys.class.getName());

    private static final int LIMIT = 512 * 1024;
    private static final int GREATEST_NUMBER = 200;
    private static final Duration USUAL_AGE = Duration.ofMinutes(5);
    private static final Duration LEAST_AGE = Duration.ofSeconds(5);
    private static final Duration GREATEST_AGE = Duration.ofHours(1);

    private final IssuerHttp http;
    private final Discovery discovery;
    private final Duration patience;
    private final long unknownKeyInterval;
    private final SharedFetch fetch;
    private final Backoff backoff = new Backoff();
    private final AtomicLong lookedForUnknownAt;
    private volatile @Nullable Map<String, VerificationKey> keys;
    private volatile boolean pastCaches;
    private @Nullable String etag;
    private @Nullable String etagOf;

    IssuerKeys(IssuerHttp http, Discovery discovery, Settings settings, Executor executor) {
        this.http = http;
        this.discovery = discovery;
        this.patience = settings.patience();
        this.unknownKeyInterval = settings.unknownKeyInterval().toNanos();
        this.fetch = new SharedFetch(executor, this::load);
        this.lookedForUnknownAt = new AtomicLong(System.nanoTime() - unknownKeyInterval);
    }

    /** Fetches if it is time. */
    void tick(long now) {
        if (backoff.isDue(now) && fetch.running() == null) {
            fetch.join();
        }
    }

    /** The key of this id as far as known now. */
    @Nullable
    VerificationKey known(String id) {
        Map<String, VerificationKey> current = keys;
        return current == null ? null : current.get(id);
    }

    /**
     * The key of this id; waits for a fetch only if there are no keys yet or the id is new.
     *
     * @throws Refusal when there is none
     */
    VerificationKey find(String id) throws Refusal {
        VerificationKey key = known(id);
        if (key != null) {
            return key;
        }
        if (keys == null) {
            waitForTheFirst();
        } else {
            lookAgain();
        }
        key = known(id);
        if (key == null) {
            throw new Refusal(keys == null ? RefusalReason.KEYS_UNAVAILABLE : RefusalReason.KEY_UNKNOWN);
        }
        return key;
    }

    int count() {
        Map<String, VerificationKey> current = keys;
        return current == null ? 0 : current.size();
    }

    boolean isFailing() {
        return backoff.isFailing();
    }

    private void waitForTheFirst() {
        if (!backoff.isFailing()) {
            SharedFetch.await(fetch.join(), patience);
        }
    }

    private void lookAgain() {
        if (backoff.isFailing()) {
            return;
        }
        CompletableFuture<Void> running = fetch.running();
        if (running != null) {
            SharedFetch.await(running, patience);
            return;
        }
        long now = System.nanoTime();
        long last = lookedForUnknownAt.get();
        if (now - last >= unknownKeyInterval && lookedForUnknownAt.compareAndSet(last, now)) {
            pastCaches = true;
            SharedFetch.await(fetch.join(), patience);
        }
    }

    private void load() {
        boolean past = pastCaches;
        pastCaches = false;
        try {
            String address = discovery.metadata().keys();
            String tag = address.equals(etagOf) ? etag : null;
            IssuerHttp.Answer answer =
                    http.get(address, "application/jwk-set+json, application/json", tag, past, LIMIT);
            if (!answer.isUnchanged()) {
                keys = read(answer.body());
                etag = answer.etag();
                etagOf = address;
            }
            if (backoff.succeeded(age(answer.maxAge()))) {
                LOG.log(System.Logger.Level.INFO, "The keys of the issuer can be fetched again");
            }
        } catch (IOException e) {
            if (backoff.failed()) {
                LOG.log(System.Logger.Level.WARNING, "The keys of the issuer cannot be fetched: {0}", e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            backoff.failed();
        } catch (RuntimeException e) {
            backoff.failed();
            LOG.log(System.Logger.Level.WARNING, "The keys of the issuer cannot be read", e);
        }
    }

    private static Duration age(@Nullable Duration promised) {
        Duration age = promised == null ? USUAL_AGE : promised;
        return age.compareTo(LEAST_AGE) < 0 ? LEAST_AGE : age.compareTo(GREATEST_AGE) > 0 ? GREATEST_AGE : age;
    }

    /** Reads key by key: one that cannot be used does not take the others with it. */
    private static Map<String, VerificationKey> read(byte[] body) throws IOException {
        try {
            List<Object> jwks = JSONObjectUtils.getJSONArray(
                    JSONObjectUtils.parse(new String(body, StandardCharsets.UTF_8)), "keys");
            if (jwks == null) {
                throw new IOException("the JWK set has no keys");
            }
            Map<String, VerificationKey> keys = new HashMap<>();
            for (Object jwk : jwks) {
                if (keys.size() < GREATEST_NUMBER && jwk instanceof Map<?, ?> members) {
                    read(members, keys);
                }
            }
            return Map.copyOf(keys);
        } catch (ParseException e) {
            throw new IOException("the JWK set is malformed", e);
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have strings for names
    private static void read(Map<?, ?> members, Map<String, VerificationKey> keys) {
        try {
            JWK jwk = JWK.parse((Map<String, Object>) members);
            if (jwk.getKeyID() != null) {
                VerificationKey.of(jwk).ifPresent(key -> keys.putIfAbsent(jwk.getKeyID(), key));
            }
        } catch (ParseException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "A key of the issuer cannot be read: {0}", e.getMessage());
        }
    }
}
