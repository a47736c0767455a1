package dev.signet.spec;

import dev.signet.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL of one test class alone, to be stopped, frozen and started again at the same address. */
final class TestPostgres implements AutoCloseable {

    private final Path directory;
    private final int port = SignetServer.freePort();
    private EmbeddedPostgres postgres;

    TestPostgres(Path directory) throws IOException {
        this.directory = directory;
        start();
    }

    TestDatabase database() {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        DriverManagerDataSource dataSource = new DriverManagerDataSource(url, "postgres", "postgres");
        return new TestDatabase(dataSource, JdbcClient.create(dataSource), url, "postgres", "postgres");
    }

    void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("data").toFile())
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** Stops it; connections are closed. */
    void stop() throws IOException {
        postgres.close();
    }

    /** Freezes all its processes: connections stay open, and nobody answers. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** The postmaster first: else it starts, meanwhile, one more process that nobody signals. */
    private void signal(String signal) throws IOException, InterruptedException {
        long postmaster = Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
        ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
        signal(signal, List.of(server));
        signal(signal, server.descendants().toList());
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        // One that has ended meanwhile makes kill complain, and is no loss.
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
