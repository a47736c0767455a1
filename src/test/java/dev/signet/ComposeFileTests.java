package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks the compose file as far as that is possible without an engine: its form, and that what it names is there. */
class ComposeFileTests {

    private static final Set<String> TOP = Set.of("name", "services", "volumes");
    private static final Set<String> SERVICE = Set.of(
            "build",
            "cap_drop",
            "command",
            "depends_on",
            "entrypoint",
            "environment",
            "healthcheck",
            "image",
            "network_mode",
            "ports",
            "read_only",
            "restart",
            "security_opt",
            "stop_grace_period",
            "tmpfs",
            "user",
            "volumes");
    private static final Set<String> CONDITIONS = Set.of("service_healthy", "service_completed_successfully");

    private final Map<String, Object> file = read();
    private final Map<String, Map<String, Object>> services = child(file, "services");

    @Test
    void usesWordsOfTheComposeSpecificationOnly() {
        assertThat(TOP).containsAll(file.keySet());
        services.forEach((name, service) -> assertThat(SERVICE).as(name).containsAll(service.keySet()));
    }

    @Test
    void waitsForServicesThatExistAndCanBecomeWhatIsWaitedFor() {
        services.forEach((name, service) -> {
            Map<String, Map<String, Object>> others = child(service, "depends_on");
            others.forEach((other, how) -> {
                assertThat(services).as(name).containsKey(other);
                assertThat(CONDITIONS).contains((String) how.get("condition"));
                if ("service_healthy".equals(how.get("condition"))) {
                    assertThat(services.get(other).containsKey("healthcheck") || other.equals("signet"))
                            .as(other + " has a health check, in this file or in its image")
                            .isTrue();
                }
            });
        });
    }

    @Test
    void mountsVolumesAndFilesThatExist() {
        Map<String, Object> volumes = child(file, "volumes");
        services.forEach((name, service) -> list(service, "volumes").forEach(mount -> {
            String source = mount.split(":")[0];
            if (source.startsWith(".")) {
                assertThat(Path.of(source)).as(name).exists();
            } else {
                assertThat(volumes).as(name).containsKey(source);
            }
        }));
    }

    @Test
    void buildsFromDockerfilesThatExist() {
        services.values().stream()
                .filter(service -> service.containsKey("build"))
                .forEach(service -> assertThat(Path.of((String) service.get("build"), "Dockerfile"))
                        .exists());
    }

    @Test
    void opensPortsOnTheLoopbackAddressOnly() {
        services.values()
                .forEach(service -> assertThat(list(service, "ports")).allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @Test
    void ownProgramsRunWithoutPrivilegesOnAReadOnlyFileSystem() throws IOException {
        for (String name : List.of("signet", "sample-client")) {
            assertThat(services.get(name)).as(name).containsEntry("read_only", true);
            assertThat(list(services.get(name), "cap_drop")).as(name).containsExactly("ALL");
        }
        for (String dockerfile : List.of("Dockerfile", "sample-client/Dockerfile")) {
            assertThat(Files.readString(Path.of(dockerfile))).contains("USER 10001:10001");
        }
    }

    @Test
    void showsTheMasterKeyToSignetAlone() {
        services.forEach((name, service) -> {
            boolean its = name.equals("signet") || name.equals("secrets");
            assertThat(list(service, "volumes").stream().anyMatch(mount -> mount.startsWith("signet-secrets:")))
                    .as(name)
                    .isEqualTo(its);
        });
    }

    @Test
    void containsNoSecret() throws IOException {
        assertThat(Files.readString(Path.of("docker-compose.yml")).lines())
                .noneMatch(line -> line.matches(".*(PASSWORD|SECRET|KEY): (?!/secrets/).+"));
    }

    private static Map<String, Object> read() {
        try (InputStream in = Files.newInputStream(Path.of("docker-compose.yml"))) {
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            return new Yaml(new SafeConstructor(strict)).load(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> child(Map<String, Object> parent, String name) {
        return (Map<String, T>) parent.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(Map<String, Object> parent, String name) {
        return (List<String>) parent.getOrDefault(name, List.of());
    }
}
