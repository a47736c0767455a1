package dev.signet.spec;

import dev.signet.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command of the server's jar, run in a process of its own as at a terminal. */
final class CommandLine {

    private final TestDatabase database;
    private final Path directory;
    private final Map<String, String> settings;
    private final Map<String, String> environment;

    CommandLine(TestDatabase database, Path directory) {
        this(database, directory, Map.of(), Map.of());
    }

    CommandLine(TestDatabase database, Path directory, Map<String, String> settings, Map<String, String> environment) {
        this.database = database;
        this.directory = directory;
        this.settings = settings;
        this.environment = environment;
    }

    /** What came of it: the exit code, what it said, and what it complained of. */
    record Outcome(int exitCode, String said, String complained) {}

    Outcome run(String... words) throws IOException, InterruptedException {
        List<String> command = ServerProcess.java();
        command.addAll(List.of(words));
        command.add("--signet.data-dir=" + directory);
        if (database != null) {
            command.add("--spring.datasource.url=" + database.url());
            command.add("--spring.datasource.username=" + database.user());
            command.add("--spring.datasource.password=" + database.password());
        }
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        Path said = Files.createTempFile("command", ".out");
        Path complained = Files.createTempFile("command", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(complained.toFile());
            builder.environment().remove("SIGNET_MASTER_KEY");
            builder.environment().putAll(environment);
            int exitCode = builder.start().waitFor();
            return new Outcome(exitCode, Files.readString(said), Files.readString(complained));
        } finally {
            Files.delete(said);
            Files.delete(complained);
        }
    }
}
