import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rows of a run as a Markdown table: medians of the rounds, with their range where it matters. */
final class Report {

    private Report() {}

    static String of(String name, int workers, List<Load.Measured> all) {
        Map<Scenario, List<Load.Measured>> byScenario = new LinkedHashMap<>();
        all.forEach(row -> byScenario.computeIfAbsent(row.scenario(), any -> new java.util.ArrayList<>()).add(row));
        StringBuilder table = new StringBuilder();
        table.append("%s, %s, %d workers, %s%n%n".formatted(name, LocalDate.now(), workers, machine()));
        table.append("| operation | server, CPU ms | database, CPU ms | WAL, bytes | commits | op/s | p50 / p95 / p99, ms | peak MiB | errors |\n");
        table.append("|---|---|---|---|---|---|---|---|---|\n");
        byScenario.forEach((scenario, rows) -> table.append("| %s | %s | %s | %.0f | %.1f | %.0f | %.1f / %.1f / %.1f | %.0f | %d |%n"
                .formatted(
                        scenario.label(),
                        range(rows, row -> row.each(row.used().serverMillis())),
                        range(rows, row -> row.each(row.used().postgresMillis())),
                        median(rows, row -> row.each(row.used().walBytes())),
                        median(rows, row -> row.each(row.used().commits())),
                        median(rows, row -> row.operations() / row.seconds()),
                        median(rows, row -> row.percentile(0.5)),
                        median(rows, row -> row.percentile(0.95)),
                        median(rows, row -> row.percentile(0.99)),
                        median(rows, row -> row.memory()[1]),
                        rows.stream().flatMap(row -> row.errors().values().stream()).mapToInt(Integer::intValue).sum())));
        return table.toString();
    }

    private static String range(List<Load.Measured> rows, ToDoubleFunction<Load.Measured> figure) {
        double least = rows.stream().mapToDouble(figure).min().orElse(Double.NaN);
        double most = rows.stream().mapToDouble(figure).max().orElse(Double.NaN);
        return "%.3f (%.3f–%.3f)".formatted(median(rows, figure), least, most);
    }

    private static double median(List<Load.Measured> rows, ToDoubleFunction<Load.Measured> figure) {
        double[] sorted = rows.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String machine() {
        String cpu = System.getProperty("os.arch");
        try {
            cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*:\\s*", ""))
                    .findFirst()
                    .orElse(cpu);
        } catch (IOException elsewhere) {
            // Not Linux: the architecture will do.
        }
        return cpu + ", " + Runtime.getRuntime().availableProcessors() + " cores";
    }
}
