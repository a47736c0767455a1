package dev.signet.spec;

import dev.signet.AuthorizationServerApplication;
import dev.signet.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A whole server on a port of its own, spoken to by HTTP alone. Tests of the same JVM share one, with the clients and
 * people of {@code spec.yml}; tests that need other settings or a second node start their own.
 */
final class SignetServer implements AutoCloseable {

    private static final class Shared {
        static final SignetServer SERVER = start(TestDatabase.create(), Map.of());
    }

    private final AutoCloseable process;
    private final TestDatabase database;
    private final String issuer;
    private final int port;

    /**
     * A server that runs already.
     *
     * @param process ends it
     */
    SignetServer(AutoCloseable process, TestDatabase database, String issuer, int port) {
        this.process = process;
        this.database = database;
        this.issuer = issuer;
        this.port = port;
    }

    static SignetServer shared() {
        return Shared.SERVER;
    }

    static SignetServer start(TestDatabase database, Map<String, String> settings) {
        return start(database, settings, context -> {});
    }

    /** The same with beans of the test's own, to look inside from. */
    static SignetServer start(
            TestDatabase database,
            Map<String, String> settings,
            ApplicationContextInitializer<GenericApplicationContext> more) {
        return start(database, freePort(), null, settings, more);
    }

    /** A second node beside this one: the same database and issuer, another port. */
    SignetServer secondNode() {
        return start(database, freePort(), issuer, Map.of(), context -> {});
    }

    private static SignetServer start(
            TestDatabase database,
            int port,
            String issuerOfFirst,
            Map<String, String> settings,
            ApplicationContextInitializer<GenericApplicationContext> more) {
        String issuer = issuerOfFirst == null ? "http://localhost:" + port : issuerOfFirst;
        Map<String, String> all = new LinkedHashMap<>();
        all.put("server.port", Integer.toString(port));
        all.put("management.server.port", "-1");
        all.put("signet.issuer", issuer);
        all.put("signet.data-dir", dataDirectory().toString());
        all.put("signet.config-file", "classpath:spec.yml");
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.user());
        all.put("spring.datasource.password", database.password());
        all.putAll(settings);
        List<String> arguments = new ArrayList<>();
        all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        SpringApplication application = new SpringApplication(AuthorizationServerApplication.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(ServletSessions.watch(), more);
        return new SignetServer(application.run(arguments.toArray(String[]::new)), database, issuer, port);
    }

    /** The same for all nodes of this JVM: they must share the master key. */
    static Path dataDirectory() {
        try {
            return Files.createDirectories(Path.of("target", "spec-data").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The issuer, under which clients know the server. */
    String issuer() {
        return issuer;
    }

    /** An address of this node; differs from the issuer's for a second node. */
    String url(String path) {
        return "http://localhost:" + port + path;
    }

    TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not end", e);
        }
    }
}
