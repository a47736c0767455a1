package dev.signet.verifier;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How the issuer is reached: by GET, within a time, up to a size, without following redirects, and never elsewhere than the
 * issuer says.
 */
final class IssuerHttp {

    /**
     * An answer.
     *
     * @param status the HTTP status, 200 or 304
     * @param body empty for 304
     * @param etag the entity tag, when there is one
     * @param maxAge what {@code Cache-Control} promises, when it does
     */
    record Answer(
            int status,
            byte[] body,
            @Nullable String etag,
            @Nullable Duration maxAge) {
        boolean isUnchanged() {
            return status == 304;
        }
    }

    /** The issuer answered with another status than was hoped for. */
    static final class UnexpectedStatus extends IOException {
        private static final long serialVersionUID = 1L;

        final int status;

        UnexpectedStatus(URI uri, int status) {
            super(uri + " answered " + status);
            this.status = status;
        }
    }

    private final HttpClient client;
    private final String issuer;
    private final @Nullable String reachedAt;
    private final Duration timeout;

    /**
     * @param issuer the issuer, without a slash at the end
     * @param reachedAt where requests for it go instead, when it has another address from here; without a slash at the end
     * @param timeout from the request to the last byte of the answer
     */
    IssuerHttp(HttpClient client, String issuer, @Nullable String reachedAt, Duration timeout) {
        this.client = client;
        this.issuer = issuer;
        this.reachedAt = reachedAt;
        this.timeout = timeout;
    }

    HttpClient client() {
        return client;
    }

    Duration timeout() {
        return timeout;
    }

    /** Where to send a request for this address of the issuer's. */
    URI locate(String address) throws IOException {
        String target = reachedAt != null && address.startsWith(issuer)
                ? reachedAt + address.substring(issuer.length())
                : address;
        try {
            URI uri = URI.create(target);
            if (isSafe(uri)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // falls through: not an address at all
        }
        throw new IOException("not an address that may be fetched: " + target);
    }

    /** https; or the scheme the issuer itself is reached by, which whoever set it up has chosen. */
    private boolean isSafe(URI uri) {
        String base = reachedAt == null ? issuer : reachedAt;
        return "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme()) && base.startsWith("http:"));
    }

    /**
     * Fetches.
     *
     * @param etag of the copy at hand, if any
     * @param pastCaches whether caches on the way must ask the issuer
     * @param limit greatest size of the answer in bytes
     */
    Answer get(String address, String accept, @Nullable String etag, boolean pastCaches, int limit)
            throws IOException, InterruptedException {
        URI uri = locate(address);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", accept);
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        if (pastCaches) {
            request.header("Cache-Control", "no-cache");
        }
        HttpResponse<byte[]> response =
                within(timeout, client.sendAsync(request.build(), head -> new BoundedBody(limit)));
        int status = response.statusCode();
        if (status != 200 && !(status == 304 && etag != null)) {
            throw new UnexpectedStatus(uri, status);
        }
        return new Answer(
                status,
                response.body(),
                response.headers().firstValue("ETag").orElse(null),
                maxAge(response.headers().firstValue("Cache-Control").orElse("")));
    }

    /** The request's own time-out ends with the header of the answer; this one holds to the last byte. */
    static <T> T within(Duration timeout, CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    private static @Nullable Duration maxAge(String cacheControl) {
        for (String directive : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
            String trimmed = directive.trim();
            if (trimmed.equals("no-store") || trimmed.equals("no-cache")) {
                return Duration.ZERO;
            }
            if (trimmed.startsWith("max-age=")) {
                try {
                    return Duration.ofSeconds(Long.parseLong(trimmed.substring("max-age=".length())));
                } catch (NumberFormatException e) {
                    return null;
                }
            }
        }
        return null;
    }
}
