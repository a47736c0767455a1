package dev.signet.operations.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files and directories that other users of the machine cannot read. They are created with their permissions, so that
 * there is no moment in which they can. File systems without POSIX permissions keep those of the enclosing directory.
 */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Creates the directory and those above it; takes the rights of others away where it exists. */
    public static Path directory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            if (posix(directory)) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return directory;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.createDirectory(directory, permissions(parent, "rwx------"));
    }

    /** Writes a new file; fails when it exists. */
    public static void write(Path file, String content) throws IOException {
        Files.createFile(file, permissions(file.toAbsolutePath().getParent(), "rw-------"));
        Files.writeString(file, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] permissions(@Nullable Path near, String rights) throws IOException {
        if (near == null || !posix(near)) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(rights);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }

    private static boolean posix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix")
                && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
