package dev.signet.verifier;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** Posts reports to the issuer as JSON, with an access token of the API's own. */
public final class HttpReports implements ReportTransport {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ANSWER_LIMIT = 16 * 1024;

    /** Where the API's own access token comes from. */
    @FunctionalInterface
    public interface AccessTokens {

        /** A token that is still valid, from memory as long as possible. */
        String current() throws IOException, InterruptedException;
    }

    private final HttpClient client;
    private final URI address;
    private final AccessTokens tokens;

    /** @param address {@code <issuer>/reports} */
    public HttpReports(HttpClient client, URI address, AccessTokens tokens) {
        this.client = client;
        this.address = address;
        this.tokens = tokens;
    }

    @Override
    public void send(Report report) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + tokens.current())
                .POST(BodyPublishers.ofString(report.toJson()))
                .build();
        int status = IssuerHttp.within(TIMEOUT, client.sendAsync(request, head -> new BoundedBody(ANSWER_LIMIT)))
                .statusCode();
        if (status / 100 != 2) {
            throw new IOException(address + " answered " + status);
        }
    }
}
