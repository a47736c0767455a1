import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the provider and its PostgreSQL have used so far: CPU of both process trees from /proc (Linux), and what the database
 * counted, asked with {@code psql}. Each part is optional; what is not known is NaN.
 */
final class Costs {

    /** Clock ticks of /proc per second: 100 on every Linux that is in use. */
    private static final double MILLIS_PER_TICK = 10;

    private static final String COUNTERS = "select pg_current_wal_lsn() - '0/0', xact_commit"
            + " from pg_stat_database where datname = current_database()";

    private final long server;
    private final long postgres;
    private final List<String> psql;

    Costs(Settings settings) throws IOException {
        this.server = process(settings, "server");
        this.postgres = process(settings, "postgres");
        String arguments = settings.get("postgres.psql", "");
        this.psql = arguments.isEmpty() ? List.of() : Arrays.asList(arguments.split("\\s+"));
    }

    record Used(double serverMillis, double postgresMillis, double walBytes, double commits) {

        Used since(Used before) {
            return new Used(
                    serverMillis - before.serverMillis,
                    postgresMillis - before.postgresMillis,
                    walBytes - before.walBytes,
                    commits - before.commits);
        }
    }

    Used now() {
        double[] counters = counters();
        return new Used(cpuMillis(server), cpuMillis(postgres), counters[0], counters[1]);
    }

    /** Backends report their counts when they idle for a second. */
    boolean asksDatabase() {
        return !psql.isEmpty();
    }

    /** Resident memory of the server, in MiB: now, and at most so far. */
    double[] memory() {
        double[] memory = {0, 0};
        for (long process : tree(server)) {
            for (String line : lines(process, "status")) {
                if (line.startsWith("VmRSS:") || line.startsWith("VmHWM:")) {
                    memory[line.startsWith("VmHWM:") ? 1 : 0] += Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        }
        return memory[0] == 0 ? new double[] {Double.NaN, Double.NaN} : memory;
    }

    private static long process(Settings settings, String who) throws IOException {
        String file = settings.get(who + ".pid-file", "");
        if (!file.isEmpty()) {
            return Long.parseLong(Files.readAllLines(Path.of(file)).getFirst().strip());
        }
        return settings.number(who + ".pid", 0);
    }

    private static double cpuMillis(long root) {
        if (root == 0) {
            return Double.NaN;
        }
        double ticks = 0;
        for (long process : tree(root)) {
            String[] fields = stat(process);
            if (fields.length > 14) {
                // utime, stime, and the same of children that are gone.
                ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
                ticks += Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]);
            }
        }
        return ticks * MILLIS_PER_TICK;
    }

    private static List<Long> tree(long root) {
        Map<Long, List<Long>> children = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long id = Long.parseLong(process.getFileName().toString());
                String[] fields = stat(id);
                if (fields.length > 1) {
                    children.computeIfAbsent(Long.valueOf(fields[1]), any -> new ArrayList<>()).add(id);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        List<Long> found = new ArrayList<>();
        Deque<Long> next = new ArrayDeque<>(root == 0 ? List.of() : List.of(root));
        while (!next.isEmpty()) {
            long process = next.pop();
            found.add(process);
            next.addAll(children.getOrDefault(process, List.of()));
        }
        return found;
    }

    /** The fields after the name in parentheses, which may itself have spaces: state, parent, … */
    private static String[] stat(long process) {
        List<String> lines = lines(process, "stat");
        return lines.isEmpty() ? new String[0] : lines.getFirst().replaceFirst("^.*\\) ", "").split(" ");
    }

    private static List<String> lines(long process, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process), file));
        } catch (IOException gone) {
            return List.of();
        }
    }

    private double[] counters() {
        if (psql.isEmpty()) {
            return new double[] {Double.NaN, Double.NaN};
        }
        List<String> command = new ArrayList<>(List.of("psql", "-XAtqw"));
        command.addAll(psql);
        command.addAll(List.of("-c", COUNTERS));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readNBytes(1000));
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("psql failed");
            }
            return Arrays.stream(answer.strip().split("\\|")).mapToDouble(Double::parseDouble).toArray();
        } catch (IOException e) {
            throw new IllegalStateException("psql could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
