package dev.signet.operations.database;

import dev.signet.operations.files.OwnerOnly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * One PostgreSQL server with its data below Signet's data directory, for as long as this process runs.
 *
 * <p>It is as durable as an installed one and listens on the loopback address only, at a port that is free at its
 * start. Users of the same machine need the password, which is random and in a file that only the owner can read.
 * Signet's role is no superuser; nobody knows the superuser's password.
 *
 * <p>When this process is killed, the server lives on. The next start finds it, stops it, and starts its own, so that
 * a crash needs no clean-up by hand. A lock on a file, which the operating system lifts with the process, tells
 * such an orphan from the server of another Signet on the same directory.
 */
final class EmbeddedPostgresql {

    static final String ROLE = "signet";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresql.class);
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final String DATABASE = "signet";

    private final Path directory;
    private final Path cluster;
    private final Path logFile;
    private final PostgresqlPrograms programs;
    private final Command command;
    private final FileChannel lock;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private int port;

    private EmbeddedPostgresql(Path directory, FileChannel lock) throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.cluster = directory.resolve("data");
        this.logFile = directory.resolve("start.log");
        this.programs = PostgresqlPrograms.unpackInto(directory);
        this.command = new Command(logFile, Command.isRoot(directory));
    }

    /** Starts the server; sets it up before, when this is the first start. */
    static EmbeddedPostgresql start(Path dataDirectory) throws IOException {
        long begin = System.nanoTime();
        OwnerOnly.directory(dataDirectory);
        Path directory = OwnerOnly.directory(
                dataDirectory.resolve("postgresql").toAbsolutePath().normalize());
        FileChannel lock = lock(directory);
        try {
            Files.writeString(directory.resolve("start.log"), "");
            EmbeddedPostgresql server = new EmbeddedPostgresql(directory, lock);
            if (Files.isDirectory(server.cluster)) {
                server.refuseAnotherMajorVersion();
                server.stopOrphan();
            } else {
                server.setUp();
            }
            server.launch();
            log.info(
                    "Embedded PostgreSQL is ready on port {} after {} ms, data in {}",
                    server.port,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                    server.cluster);
            return server;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Where to find a server, and what to show it. */
    record Address(String url, String password) {}

    Address address() {
        return address(cluster, port);
    }

    /** The server that runs on a data directory already, for a process beside the one that started it. */
    static Optional<Address> running(Path dataDirectory) throws IOException {
        Path cluster = dataDirectory.resolve("postgresql/data").toAbsolutePath().normalize();
        return new PostmasterFile(cluster).port().map(port -> address(cluster, port));
    }

    private static Address address(Path cluster, int port) {
        try {
            String password = Files.readString(passwordFile(cluster)).trim();
            return new Address("jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, password);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The password of the embedded database cannot be read", e);
        }
    }

    /** Stops the server and waits for it; a second call does nothing. */
    void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        try {
            stopServer();
            log.info("Embedded PostgreSQL has stopped");
            lock.close();
        } catch (IOException e) {
            log.warn("Embedded PostgreSQL did not stop as it should", e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM: the same answer.
        }
        channel.close();
        throw new EmbeddedDatabaseException("Another Signet is running on the data directory " + directory.getParent()
                + ". Stop it, or give this one a directory of its own: signet.data-dir.");
    }

    /** The catalogue that comes with the programs names their major version in its first line. */
    private void refuseAnotherMajorVersion() throws IOException {
        String data = Files.readString(cluster.resolve("PG_VERSION")).trim();
        String own;
        try (Stream<String> lines = Files.lines(programs.home().resolve("share/postgresql/postgres.bki"))) {
            own = lines.findFirst().orElse("").replace("# PostgreSQL ", "").trim();
        }
        if (!data.equals(own)) {
            throw new EmbeddedDatabaseException("The data in " + cluster + " were written by PostgreSQL " + data
                    + ", and this Signet brings PostgreSQL " + own
                    + ". Dump them with the Signet that wrote them and restore the dump into a new data directory.");
        }
    }

    /** Makes the cluster, its role and its database aside; the rename at the end is what makes it exist. */
    private void setUp() throws IOException {
        Path aside = directory.resolve("data.setup");
        FileSystemUtils.deleteRecursively(aside);
        Path superuserPassword = directory.resolve("superuser.setup");
        Files.deleteIfExists(superuserPassword);
        OwnerOnly.write(superuserPassword, randomPassword() + "\n");
        require(
                "initdb",
                START_LIMIT,
                "",
                List.of(
                        programs.path("initdb"),
                        "--pgdata=" + aside,
                        "--username=postgres",
                        "--auth=scram-sha-256",
                        "--pwfile=" + superuserPassword,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
        Files.delete(superuserPassword);
        String password = randomPassword();
        OwnerOnly.write(passwordFile(aside), password + "\n");
        require(
                "postgres --single",
                START_LIMIT,
                "create role " + ROLE + " login password '" + password + "'\n" + "create database " + DATABASE
                        + " owner " + ROLE + "\n",
                List.of(programs.path("postgres"), "--single", "-D", aside.toString(), "postgres"));
        Files.writeString(aside.resolve("postgresql.conf"), "\ninclude 'signet.conf'\n", StandardOpenOption.APPEND);
        Files.move(aside, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private void launch() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            Files.writeString(cluster.resolve("signet.conf"), settings());
            int exit = command.run(
                    START_LIMIT.plusSeconds(5),
                    "",
                    List.of(
                            programs.path("pg_ctl"),
                            "start",
                            "--pgdata=" + cluster,
                            "--log=" + logFile,
                            "--wait",
                            "--timeout=" + START_LIMIT.toSeconds(),
                            "--silent"));
            if (exit == 0) {
                return;
            }
            if (attempt == 3) {
                throw new EmbeddedDatabaseException("The embedded PostgreSQL did not start. Its last words are in "
                        + logFile + " and in " + cluster.resolve("log") + ".");
            }
        }
    }

    private String settings() {
        return """
            # Written by Signet at every start.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            password_encryption = 'scram-sha-256'
            max_connections = 100
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_min_error_statement = panic
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            """.formatted(port);
    }

    private void stopOrphan() throws IOException {
        if (new PostmasterFile(cluster).server().isPresent()) {
            log.warn("The embedded PostgreSQL of an earlier run is still there (Signet was killed); stopping it");
            stopServer();
        }
        new PostmasterFile(cluster).delete();
    }

    /** Asks kindly, then firmly, then kills: what was committed is safe in each case. */
    private void stopServer() throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            if (new PostmasterFile(cluster).server().isEmpty()) {
                return;
            }
            command.run(
                    STOP_LIMIT.plusSeconds(5),
                    "",
                    List.of(
                            programs.path("pg_ctl"),
                            "stop",
                            "--pgdata=" + cluster,
                            "--mode=" + mode,
                            "--wait",
                            "--timeout=" + STOP_LIMIT.toSeconds(),
                            "--silent"));
        }
        Optional<ProcessHandle> frozen = new PostmasterFile(cluster).server();
        if (frozen.isPresent()) {
            frozen.get().descendants().forEach(ProcessHandle::destroyForcibly);
            frozen.get().destroyForcibly();
            frozen.get().onExit().join();
        }
    }

    private void require(String what, Duration limit, String input, List<String> words) {
        int exit = command.run(limit, input, words);
        if (exit != 0) {
            throw new EmbeddedDatabaseException("The embedded PostgreSQL could not be set up: " + what
                    + " ended with code " + exit + "; it said why in " + logFile + ".");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static Path passwordFile(Path cluster) {
        return cluster.resolve("signet.password");
    }

    private static String randomPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
