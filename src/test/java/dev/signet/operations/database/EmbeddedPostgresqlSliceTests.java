package dev.signet.operations.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class EmbeddedPostgresqlSliceTests {

    @TempDir
    private Path dataDirectory;

    private EmbeddedPostgresql server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void isAsDurableAsAnInstalledOneAndHearsNobodyFromOutside() throws IOException {
        server = EmbeddedPostgresql.start(dataDirectory);

        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(show(setting)).as(setting).isEqualTo("on");
        }
        assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show("is_superuser")).isEqualTo("off");
        // Names are compared by lower(): it must know more letters than those of ASCII.
        assertThat(one("select lower('ÄÖÉ')")).isEqualTo("äöé");
    }

    @Test
    void letsNobodyInWithoutTheRandomPasswordWhichOnlyTheOwnerCanRead() throws IOException {
        server = EmbeddedPostgresql.start(dataDirectory);

        assertThatThrownBy(() -> connectAs(EmbeddedPostgresql.ROLE, "")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connectAs(EmbeddedPostgresql.ROLE, "guess"))
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("28P01");
        assertThatThrownBy(() -> connectAs("postgres", server.address().password()))
                .isInstanceOf(SQLException.class);
        assertThat(server.address().password()).hasSizeGreaterThan(40);
        Path passwordFile = dataDirectory.resolve("postgresql/data/signet.password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDirectory.resolve("postgresql"))))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsItsDataOverARestart() throws IOException {
        server = EmbeddedPostgresql.start(dataDirectory);
        jdbc().sql("create table kept as select 42 as answer").update();
        server.stop();

        server = EmbeddedPostgresql.start(dataDirectory);

        assertThat(one("select answer::text from kept")).isEqualTo("42");
    }

    @Test
    void takesOverFromAProcessThatWasKilled() throws Exception {
        Process killed = startInAnotherProcess();
        long orphan = postmaster();
        killed.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(orphan))
                .as("the database outlives the kill")
                .isPresent();

        server = EmbeddedPostgresql.start(dataDirectory);

        assertThat(postmaster()).isNotEqualTo(orphan);
        assertThat(one("select answer::text from written")).isEqualTo("7");
    }

    @Test
    void startsAlthoughTheProcessIdOfAKilledServerBelongsToAnotherProgram() throws IOException {
        server = EmbeddedPostgresql.start(dataDirectory);
        server.stop();
        Files.writeString(
                dataDirectory.resolve("postgresql/data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n/somewhere\n1\n1\n\n127.0.0.1\n");

        server = EmbeddedPostgresql.start(dataDirectory);

        assertThat(one("select 'well'")).isEqualTo("well");
    }

    @Test
    void refusesADirectoryOnWhichAnotherSignetRuns() throws Exception {
        Process other = startInAnotherProcess();

        assertThatThrownBy(() -> EmbeddedPostgresql.start(dataDirectory))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("Another Signet is running")
                .hasMessageContaining("signet.data-dir");

        other.getOutputStream().close();
        assertThat(other.waitFor()).isZero();
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws IOException {
        server = EmbeddedPostgresql.start(dataDirectory);
        server.stop();
        Files.writeString(dataDirectory.resolve("postgresql/data/PG_VERSION"), "14\n");

        assertThatThrownBy(() -> EmbeddedPostgresql.start(dataDirectory))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("PostgreSQL 14");
    }

    private Process startInAnotherProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        dataDirectory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        while (line != null && !line.equals("ready")) {
            line = reader.readLine();
        }
        assertThat(line).isEqualTo("ready");
        return process;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(dataDirectory.resolve("postgresql/data/postmaster.pid"))
                .getFirst());
    }

    private String show(String setting) {
        return one("show " + setting);
    }

    private String one(String query) {
        return jdbc().sql(query).query(String.class).single();
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(
                server.address().url(),
                EmbeddedPostgresql.ROLE,
                server.address().password()));
    }

    private void connectAs(String role, String password) throws SQLException {
        new DriverManagerDataSource(server.address().url(), role, password)
                .getConnection()
                .close();
    }

    /** A server of its own: writes a row, says so, and ends when its input does. */
    static final class OtherProcess {

        public static void main(String[] arguments) throws IOException {
            EmbeddedPostgresql server = EmbeddedPostgresql.start(Path.of(arguments[0]));
            JdbcClient.create(new DriverManagerDataSource(
                            server.address().url(),
                            EmbeddedPostgresql.ROLE,
                            server.address().password()))
                    .sql("create table written as select 7 as answer")
                    .update();
            System.out.println("ready");
            while (System.in.read() >= 0) {
                continue;
            }
            server.stop();
        }
    }
}
