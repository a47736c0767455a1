package dev.signet.operations.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file in which a running PostgreSQL server names itself: process id, data directory, start, port, one a line.
 * It stays behind when the server is killed, and its process id may then belong to anybody.
 *
 * @param dataDirectory the absolute directory of the cluster
 */
record PostmasterFile(Path dataDirectory) {

    /** The server that runs on this data directory now. */
    Optional<ProcessHandle> server() throws IOException {
        if (!Files.exists(path())) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(path());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().trim())).filter(this::isOurs);
    }

    /** The port of the server that runs on this data directory now. */
    Optional<Integer> port() throws IOException {
        if (server().isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(path());
        return lines.size() < 4
                ? Optional.empty()
                : Optional.of(Integer.valueOf(lines.get(3).trim()));
    }

    /** Clears away the file of a server that is no more: PostgreSQL would take its process id's new owner for it. */
    void delete() throws IOException {
        Files.deleteIfExists(path());
    }

    private boolean isOurs(ProcessHandle process) {
        boolean postgres = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
        // Windows does not tell the arguments.
        boolean sameDirectory = process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(dataDirectory.toString()))
                .orElse(true);
        return process.isAlive() && postgres && sameDirectory;
    }

    private Path path() {
        return dataDirectory.resolve("postmaster.pid");
    }
}
