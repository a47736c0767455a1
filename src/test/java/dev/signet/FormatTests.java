package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that all Java sources are laid out by palantir-java-format.
 *
 * <p>{@code mvn test -Dtest=FormatTests -Dformat=apply} lays them out. It is a test and no build plugin, since the formatter
 * is built on the parser of the JDK it runs on, and tests run on the JDK of the sources.
 */
class FormatTests {

    private static final List<String> ROOTS =
            List.of("src", "sample-client/src", "verifier/core/src", "verifier/spring-boot-starter/src");

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void everySourceFileIsLaidOutByTheFormatter() throws IOException {
        boolean apply = "apply".equals(System.getProperty("format"));
        List<String> findings = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            try {
                String formatted = formatter.formatSourceAndFixImports(source);
                if (!formatted.equals(source)) {
                    if (apply) {
                        Files.writeString(file, formatted);
                    } else {
                        findings.add(file.toString());
                    }
                }
            } catch (FormatterException e) {
                findings.add(file + ": " + e.getMessage());
            }
        }
        assertThat(findings)
                .as("files to lay out: mvn test -Dtest=FormatTests -Dformat=apply")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String root : ROOTS) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
