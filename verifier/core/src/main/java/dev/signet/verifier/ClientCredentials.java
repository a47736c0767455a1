package dev.signet.verifier;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Gets an access token for the API itself (RFC 6749 section 4.4) and keeps it until shortly before it expires. */
public final class ClientCredentials implements HttpReports.AccessTokens {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final int ANSWER_LIMIT = 64 * 1024;

    private final HttpClient client;
    private final URI tokenEndpoint;
    private final String authorization;
    private final String body;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private String token = "";
    private Instant goodUntil = Instant.MIN;

    /** @param scope what to ask for, parted by spaces; may be empty */
    public ClientCredentials(
            HttpClient client, URI tokenEndpoint, String clientId, String clientSecret, String scope, Clock clock) {
        this.client = client;
        this.tokenEndpoint = tokenEndpoint;
        this.clock = clock;
        String pair = encoded(clientId) + ':' + encoded(clientSecret);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        this.body = "grant_type=client_credentials" + (scope.isEmpty() ? "" : "&scope=" + encoded(scope));
    }

    @Override
    public String current() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (clock.instant().isBefore(goodUntil)) {
                return token;
            }
            return renew();
        } finally {
            lock.unlock();
        }
    }

    private String renew() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(tokenEndpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> answer =
                IssuerHttp.within(TIMEOUT, client.sendAsync(request, head -> new BoundedBody(ANSWER_LIMIT)));
        if (answer.statusCode() != 200) {
            throw new IOException(tokenEndpoint + " answered " + answer.statusCode());
        }
        try {
            Map<String, Object> fields = JSONObjectUtils.parse(new String(answer.body(), StandardCharsets.UTF_8));
            if (!(fields.get("access_token") instanceof String fresh)) {
                throw new IOException(tokenEndpoint + " gave no access token");
            }
            long seconds = fields.get("expires_in") instanceof Number number ? number.longValue() : 0;
            token = fresh;
            goodUntil =
                    clock.instant().plusSeconds(Math.clamp(seconds, 0, 86_400)).minus(MARGIN);
            return fresh;
        } catch (ParseException e) {
            throw new IOException(tokenEndpoint + " did not answer with JSON", e);
        }
    }

    /** RFC 6749 section 2.3.1: form encoding before the pair is joined. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
