package dev.signet.provisioning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The file {@code setup-link.txt} in the data directory, which only its owner may read. */
@Component
class SetupLinkFile {

    private static final Logger log = LoggerFactory.getLogger(SetupLinkFile.class);

    private final Path path;

    SetupLinkFile(ProvisioningProperties properties) {
        this.path = properties.dataDir().resolve("setup-link.txt");
    }

    Path path() {
        return path;
    }

    /** Writes the link; a directory that cannot be written is no reason not to start. */
    boolean write(String address) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.deleteIfExists(path);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // Made with its permissions, not changed to them: there is no moment at which others may read it.
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(path, address + System.lineSeparator(), StandardCharsets.UTF_8);
            return true;
        } catch (IOException e) {
            log.warn("The set-up link could not be written to {}: {}", path, e.toString());
            return false;
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("{} could not be deleted; its link is dead", path);
        }
    }
}
