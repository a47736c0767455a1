package dev.signet.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import dev.signet.TestModules;
import dev.signet.clients.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ProvisioningStartSliceTests {

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(directory.resolve("signet.yml"), TestFiles.SHOP);
    }

    private TestModules start(String... settings) {
        String[] all = new String[settings.length + 1];
        all[0] = "signet.data-dir=" + directory.resolve("data");
        System.arraycopy(settings, 0, all, 1, settings.length);
        return TestModules.start(database, all);
    }

    @Test
    void appliesTheFilesBeforeItServes() {
        try (TestModules node = start("signet.config-file=" + config)) {
            assertThat(node.get(Clients.class).byClientId("shop")).isPresent();
        }
    }

    @Test
    void aStartWithABadFileIsRefused() throws IOException {
        Files.writeString(config, TestFiles.SHOP.replace("kind: web", "kind: cobweb"));
        assertThatThrownBy(() -> start("signet.config-file=" + config).close())
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("signet.yml, line 7");
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsRefused() throws IOException {
        assertThatThrownBy(() -> start("signet.config-file=" + directory.resolve("absent.yml"))
                        .close())
                .hasStackTraceContaining("absent.yml: cannot be read");
        Files.write(config, new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> start("signet.config-file=" + config).close()).hasStackTraceContaining("is not UTF-8");
    }

    @Test
    void theLinkGoesToTheTerminalAndAFileOfTheOwnerButNotToTheLog(CapturedOutput output) throws IOException {
        start().close();

        Path file = directory.resolve("data/setup-link.txt");
        String link = Files.readString(file).strip();
        assertThat(link).startsWith("http://localhost:9000/setup?token=sgn_ln_");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(output.getOut().lines().filter(line -> line.contains("sgn_ln_")))
                .containsExactly("    " + link);
    }

    @Test
    void thereIsNoLinkOnceAFileNamesAnAdministrator(CapturedOutput output) throws IOException {
        start().close();
        Path file = directory.resolve("data/setup-link.txt");
        assertThat(file).exists();
        Files.writeString(config, TestFiles.SHOP.replace("roles: [user]", "roles: [owner]"));
        int before = output.getOut().length();

        start("signet.config-file=" + config).close();

        assertThat(file).doesNotExist();
        assertThat(output.getOut().substring(before)).doesNotContain("sgn_ln_");
    }
}
