package dev.signet.spec;

import dev.signet.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A server in a process of its own, which shares nothing with the tests and with other nodes but the database, the data
 * directory and the network. It may be killed and started again by the same command.
 */
final class ServerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path output;
    private final SignetServer server;
    private Process process;

    private ServerProcess(
            List<String> command,
            Map<String, String> environment,
            Path output,
            TestDatabase database,
            String issuer,
            int port) {
        this.command = command;
        this.environment = environment;
        this.output = output;
        this.server = new SignetServer(this, database, issuer, port);
        // Should the tests end before they end it.
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** A node of {@code spec.yml} on a database; it answers some time after this returns: see {@link #ready}. */
    static ServerProcess start(TestDatabase database, Path directory, String issuer, Map<String, String> settings) {
        return start(database, directory, issuer, settings, Map.of());
    }

    /** The same with variables of its environment. */
    static ServerProcess start(
            TestDatabase database,
            Path directory,
            String issuer,
            Map<String, String> settings,
            Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("signet.config-file", "src/test/resources/spec.yml");
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.user());
        all.put("spring.datasource.password", database.password());
        all.putAll(settings);
        return start(all, directory, issuer, database, environment);
    }

    /** A server with the database it brings along. */
    static ServerProcess startAlone(Path directory, Map<String, String> settings) {
        return start(settings, directory, null, null, Map.of());
    }

    private static ServerProcess start(
            Map<String, String> settings,
            Path directory,
            String issuer,
            TestDatabase database,
            Map<String, String> environment) {
        int port = SignetServer.freePort();
        String address = issuer == null ? "http://localhost:" + port : issuer;
        List<String> command = java();
        command.addAll(List.of(
                "--server.port=" + port,
                "--management.server.port=-1",
                "--signet.issuer=" + address,
                "--signet.data-dir=" + directory));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        ServerProcess started = new ServerProcess(
                command, environment, directory.resolve("node-" + port + ".out"), database, address, port);
        started.start();
        return started;
    }

    /** How Java is called with our classes; the arguments of the program follow. */
    static List<String> java() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                productionClassPath(),
                "dev.signet.AuthorizationServerApplication"));
    }

    private static String productionClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The command that started it, once more. */
    void start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment().remove("SIGNET_MASTER_KEY");
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it answers requests. */
    SignetServer ready() {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < limit && process.isAlive()) {
            try {
                if (Http.get(server.url("/oauth2/jwks")).status() == 200) {
                    return server;
                }
            } catch (UncheckedIOException e) {
                // Not yet.
            }
            rest();
        }
        throw new AssertionError("the server did not start:\n" + output());
    }

    private static void rest() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it has printed so far, over all its starts. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it a signal: {@code -STOP} freezes it, {@code -CONT} lets it go on. */
    void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does: without a chance to tidy up. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks it to stop, and waits for it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
