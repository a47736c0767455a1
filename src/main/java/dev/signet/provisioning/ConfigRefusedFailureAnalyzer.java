package dev.signet.provisioning;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Puts a start refused for its configuration files into plain words: file, line, reason and fix of each problem. */
final class ConfigRefusedFailureAnalyzer extends AbstractFailureAnalyzer<ConfigRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigRefused cause) {
        String description = cause.problems().stream()
                .map(problem -> problem.place() + ": " + problem.reason())
                .collect(Collectors.joining(
                        "\n", "The configuration cannot be applied, and nothing of it was:\n\n", ""));
        String action = cause.problems().stream()
                .map(problem -> problem.place() + ": " + problem.fix())
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(description, action, cause);
    }
}
