import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Drives an OpenID Provider and says what each operation costs. Run it from its source: {@code java bench/load/Load.java
 * bench/signet.properties [--scenarios=a,b] [--n=…] [--warm=…] [--workers=8] [--repeat=3]}.
 */
final class Load {

    private static final int MOST_OPERATIONS = 1_000_000;
    private static final int MOST_WORKERS = 256;
    private static final int MOST_ERRORS = 50;
    private static final long SETTLE_NANOS = 1_300_000_000L;

    private final Provider provider;
    private final Costs costs;
    private final int workers;

    private Load(Provider provider, Costs costs, int workers) {
        this.provider = provider;
        this.costs = costs;
        this.workers = workers;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new ConcurrentHashMap<>();
        List<String> files = new ArrayList<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (argument.startsWith("--") && parts.length == 2) {
                options.put(parts[0].substring(2), parts[1]);
            } else {
                files.add(argument);
            }
        }
        if (files.size() != 1 || !List.of("scenarios", "n", "warm", "workers", "repeat").containsAll(options.keySet())) {
            System.err.println("java Load.java <provider.properties> [--scenarios=a,b] [--n=…] [--warm=…] [--workers=8] [--repeat=3]");
            System.exit(64);
        }
        Settings settings = new Settings(Path.of(files.getFirst()));
        int workers = bounded(options.getOrDefault("workers", "8"), MOST_WORKERS);
        int repeat = bounded(options.getOrDefault("repeat", "3"), 100);
        List<Scenario> scenarios = options.containsKey("scenarios")
                ? Arrays.stream(options.get("scenarios").split(",")).map(Scenario::of).toList()
                : List.of(Scenario.values());

        Load load = new Load(new Provider(settings), new Costs(settings), workers);
        List<Measured> all = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (int round = 0; round < repeat; round++) {
                int n = bounded(options.getOrDefault("n", "" + scenario.operations), MOST_OPERATIONS);
                int warm = bounded(options.getOrDefault("warm", "" + scenario.warmUp), MOST_OPERATIONS);
                // Warm is warm: later rounds need a quarter.
                Measured measured = load.measure(scenario, n, round == 0 ? warm : warm / 4);
                System.err.println(measured.line());
                all.add(measured);
            }
        }
        System.out.println(Report.of(settings.get("name", settings.required("issuer")), workers, all));
        System.exit(all.stream().allMatch(measured -> measured.errors().isEmpty()) ? 0 : 2);
    }

    private static int bounded(String number, int most) {
        int value = Integer.parseInt(number);
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(number + " is not between 0 and " + most);
        }
        return value;
    }

    /**
     * One row.
     *
     * @param latencies of each operation in nanoseconds, sorted
     * @param errors what went wrong, and how often
     */
    record Measured(
            Scenario scenario,
            int operations,
            double seconds,
            long[] latencies,
            Costs.Used used,
            double[] memory,
            Map<String, Integer> errors) {

        double percentile(double share) {
            int index = Math.max(0, (int) Math.ceil(share * latencies.length) - 1);
            return latencies.length == 0 ? Double.NaN : latencies[index] / 1e6;
        }

        double each(double total) {
            return total / operations;
        }

        String line() {
            return "%-18s %8.1f op/s  p50 %.2f p95 %.2f p99 %.2f ms  CPU per op: server %.3f database %.3f ms  WAL %.0f B  commits %.1f  peak %.0f MiB  errors %s"
                    .formatted(
                            scenario.label(),
                            operations / seconds,
                            percentile(0.5),
                            percentile(0.95),
                            percentile(0.99),
                            each(used.serverMillis()),
                            each(used.postgresMillis()),
                            each(used.walBytes()),
                            each(used.commits()),
                            memory[1],
                            errors);
        }
    }

    private Measured measure(Scenario scenario, int operations, int warmUp) {
        Map<String, Integer> errors = new ConcurrentHashMap<>();
        Scenario.Work work = (worker, turn) -> {};
        try {
            work = scenario.prepare(provider, workers, operations + warmUp);
        } catch (Wrong wrong) {
            errors.merge("beforehand: " + wrong.getMessage(), 1, Integer::sum);
            operations = 0;
            warmUp = 0;
        }
        run(work, 0, warmUp, errors);
        settle();
        Costs.Used before = costs.now();
        long start = System.nanoTime();
        long[] latencies = run(work, warmUp, operations, errors);
        double seconds = (System.nanoTime() - start) / 1e9;
        Costs.Used after = costs.now();
        if (costs.asksDatabase()) {
            // CPU is read at once, counters when all backends have reported theirs.
            settle();
            Costs.Used counted = costs.now();
            after = new Costs.Used(after.serverMillis(), after.postgresMillis(), counted.walBytes(), counted.commits());
        }
        if (errors.isEmpty()) {
            try {
                work.after();
            } catch (Wrong wrong) {
                errors.merge("afterwards: " + wrong.getMessage(), 1, Integer::sum);
            }
        }
        return new Measured(scenario, operations, seconds, latencies, after.since(before), costs.memory(), errors);
    }

    /** Runs the operations from {@code first} on, as fast as the workers get through them. */
    private long[] run(Scenario.Work work, int first, int count, Map<String, Integer> errors) {
        long[] latencies = new long[count];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(workers, count); i++) {
            int worker = i;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int turn; (turn = next.getAndIncrement()) < count && failed.get() <= MOST_ERRORS; ) {
                    long begun = System.nanoTime();
                    try {
                        work.once(worker, first + turn);
                    } catch (RuntimeException e) {
                        failed.incrementAndGet();
                        errors.merge(e instanceof Wrong ? e.getMessage() : e.toString(), 1, Integer::sum);
                    }
                    latencies[turn] = System.nanoTime() - begun;
                }
            }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        Arrays.sort(latencies);
        return latencies;
    }

    private static void settle() {
        LockSupport.parkNanos(SETTLE_NANOS);
    }
}
