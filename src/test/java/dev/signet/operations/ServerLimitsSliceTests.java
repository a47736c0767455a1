package dev.signet.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What one client may ask of the server before it is refused, without harm to the others. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
@DirtiesContext
class ServerLimitsSliceTests {

    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private static Path dataDirectory;

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        TestDatabase.create().register(registry);
        registry.add("signet.data-dir", dataDirectory::toString);
    }

    @Test
    void halfOpenRequestsStallNobody() throws Exception {
        List<Socket> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                halfOpen.add(begin("GET /oauth2/jwks HTTP/1.1\r\nHost: local"));
                halfOpen.add(begin("POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM
                        + "\r\nContent-Length: 1000\r\n\r\ngrant_type=client_cr"));
            }
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                assertThat(get("/oauth2/jwks").statusCode()).isEqualTo(200);
                assertThat(post("grant_type=client_credentials").statusCode()).isEqualTo(401);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            }
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    @Test
    void refusesFloodsOfParametersAndHeadersAndLargeBodies() throws Exception {
        String parameters =
                IntStream.range(0, 20_000).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
        assertThat(post(parameters).statusCode()).as("20,000 parameters").isBetween(400, 499);
        assertThat(post("grant_type=" + "x".repeat(1_000_000)).statusCode())
                .as("a body of 1 MB")
                .isBetween(400, 499);

        HttpRequest.Builder flood = request("/oauth2/jwks");
        for (int i = 0; i < 300; i++) {
            flood.header("X-Flood-" + i, "1");
        }
        assertThat(send(flood).statusCode()).as("300 headers").isBetween(400, 499);
        assertThat(send(request("/oauth2/jwks").header("X-Long", "x".repeat(60_000)))
                        .statusCode())
                .as("a header of 60 kB")
                .isBetween(400, 499);
        assertThat(get("/oauth2/authorize?" + "x".repeat(30_000)).statusCode())
                .as("an address of 30 kB")
                .isBetween(400, 499);
        assertThat(get("/oauth2/jwks").statusCode()).as("everybody else").isEqualTo(200);
    }

    private Socket begin(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(String form) throws Exception {
        return send(request("/oauth2/token").header("Content-Type", FORM).POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
