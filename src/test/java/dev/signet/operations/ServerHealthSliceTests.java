package dev.signet.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole server with the database it brings along, seen from its management port. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
@DirtiesContext
class ServerHealthSliceTests {

    @TempDir
    private static Path dataDirectory;

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("signet.data-dir", dataDirectory::toString);
    }

    @Test
    void isLiveAndReadyWithDatabaseAndKeys() throws Exception {
        assertThat(get(managementPort, "/actuator/health/liveness").statusCode())
                .isEqualTo(200);
        HttpResponse<String> readiness = get(managementPort, "/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(readiness.body()).contains("\"db\"", "\"keys\"").doesNotContain("details");
    }

    @Test
    void givesItsFiguresToPrometheus() throws Exception {
        HttpResponse<String> figures = get(managementPort, "/actuator/prometheus");

        assertThat(figures.statusCode()).isEqualTo(200);
        assertThat(figures.body()).contains("jvm_memory_used_bytes", "hikaricp_connections");
    }

    @Test
    void showsNothingOfThisOnThePublicPort() throws Exception {
        for (String path : List.of("/actuator", "/actuator/health", "/actuator/prometheus")) {
            assertThat(get(port, path).statusCode()).as(path).isBetween(300, 499);
            assertThat(get(port, path).body()).as(path).doesNotContain("UP", "jvm_");
        }
    }

    @Test
    void isNotReadyWithinThreeSecondsOfAFrozenDatabaseAndRecoversByItself() throws Exception {
        List<ProcessHandle> frozen = databaseProcesses();
        signal("-STOP", frozen);
        try {
            for (int i = 0; i < 3; i++) {
                long begin = System.nanoTime();
                assertThat(get(managementPort, "/actuator/health/readiness").statusCode())
                        .isEqualTo(503);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            }
            assertThat(get(managementPort, "/actuator/health/liveness").statusCode())
                    .isEqualTo(200);
        } finally {
            signal("-CONT", frozen);
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(get(managementPort, "/actuator/health/readiness")
                                .statusCode())
                        .isEqualTo(200));
    }

    private static List<ProcessHandle> databaseProcesses() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(dataDirectory.resolve("postgresql/data/postmaster.pid"))
                .getFirst());
        ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
