package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps {@code docs/CONFIGURATION.md} true: it is written from the metadata of the records that hold the settings, by
 * {@code mvn test -Dtest=ConfigurationDocTests -Ddocs=update}.
 */
class ConfigurationDocTests {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Path DOCUMENT = Path.of("docs/CONFIGURATION.md");
    private static final Path INTRODUCTION = Path.of("docs/configuration-introduction.md");

    @Test
    void listsEverySettingWithItsDefaultAndMeaning() throws IOException {
        String expected = document();
        if ("update".equals(System.getProperty("docs"))) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(DOCUMENT)
                .as("written by: mvn test -Dtest=ConfigurationDocTests -Ddocs=update")
                .hasContent(expected);
    }

    private static String document() throws IOException {
        Map<String, Map<String, JsonNode>> modules = new TreeMap<>();
        for (JsonNode property :
                new JsonMapper().readTree(Files.readString(METADATA)).path("properties")) {
            String name = property.path("name").asString();
            if (name.startsWith("signet.") && property.path("deprecation").isMissingNode()) {
                String rest = name.substring("signet.".length());
                String module = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : "";
                modules.computeIfAbsent(module, key -> new TreeMap<>()).put(name, property);
            }
        }
        StringBuilder text = new StringBuilder(Files.readString(INTRODUCTION));
        modules.forEach((module, properties) -> {
            text.append("\n## ")
                    .append(module.isEmpty() ? "The server" : "`signet." + module + "`")
                    .append("\n\n");
            text.append("| setting | default | meaning |\n|---|---|---|\n");
            properties.forEach((name, property) -> text.append("| `")
                    .append(name)
                    .append("` | ")
                    .append(defaultOf(property))
                    .append(" | ")
                    .append(meaning(property))
                    .append(" |\n"));
        });
        return text.toString();
    }

    private static String defaultOf(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        if (value.isMissingNode()) {
            return "";
        }
        return "`" + (value.isArray() ? value.toString() : value.asString()) + "`";
    }

    private static String meaning(JsonNode property) {
        return property.path("description")
                .asString("")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                .replace("|", "\\|");
    }
}
