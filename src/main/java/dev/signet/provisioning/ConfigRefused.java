package dev.signet.provisioning;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration files cannot be applied as they are; nothing of them was. Stops the start. */
final class ConfigRefused extends RuntimeException {

    private final transient List<ConfigProblem> problems;

    ConfigRefused(List<ConfigProblem> problems) {
        super(problems.stream()
                .map(problem -> problem.place() + ": " + problem.reason())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    List<ConfigProblem> problems() {
        return problems;
    }
}
