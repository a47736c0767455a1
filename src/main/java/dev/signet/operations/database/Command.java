package dev.signet.operations.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one of PostgreSQL's programs to its end. The programs refuse to run as root; for root they run in a user
 * namespace of their own, in which they are nobody in particular while their files remain root's.
 */
final class Command {

    private final List<String> prefix;
    private final Path log;

    /** @param log takes what the programs print */
    Command(Path log, boolean root) {
        this.log = log;
        this.prefix = root ? List.of("unshare", "--user") : List.of();
    }

    /** Whether the owner of what this process creates is root. */
    static boolean isRoot(Path ownDirectory) {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(ownDirectory, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the exit code. */
    int run(Duration limit, String input, List<String> words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Process process = builder.start();
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while the embedded database was being set up");
        }
    }
}
