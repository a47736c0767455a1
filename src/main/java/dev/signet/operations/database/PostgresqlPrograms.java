package dev.signet.operations.database;

import dev.signet.operations.files.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL for this platform, unpacked from the class path into the data directory.
 *
 * <p>They are not kept in the machine's temporary directory, where another user could lay programs of his own for us
 * to run. Unpacking is done aside and ends with a rename: a half-unpacked set is never used.
 *
 * @param home holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresqlPrograms(Path home) {

    /** Unpacks the programs unless that was done at an earlier start. */
    static PostgresqlPrograms unpackInto(Path directory) throws IOException {
        String name = archiveName();
        URL archive = PostgresqlPrograms.class.getClassLoader().getResource(name);
        if (archive == null) {
            throw new EmbeddedDatabaseException("There is no embedded PostgreSQL for this platform (" + name + ").");
        }
        URLConnection connection = archive.openConnection();
        Path home = directory.resolve("programs-" + fingerprint(connection));
        if (!Files.isDirectory(home)) {
            removeOlder(directory);
            Path aside = OwnerOnly.directory(directory.resolve("programs.unpacking"));
            try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
                unpack(in, aside);
            }
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresqlPrograms(home);
    }

    String path(String program) {
        String suffix = isWindows() ? ".exe" : "";
        return home.resolve("bin").resolve(program + suffix).toString();
    }

    private static String fingerprint(URLConnection connection) throws IOException {
        long crc = connection instanceof JarURLConnection jar && jar.getJarEntry() != null
                ? jar.getJarEntry().getCrc()
                : connection.getContentLengthLong();
        return Long.toHexString(crc);
    }

    private static void removeOlder(Path directory) throws IOException {
        List<Path> older;
        try (Stream<Path> entries = Files.list(directory)) {
            older = entries.filter(p -> p.getFileName().toString().startsWith("programs"))
                    .toList();
        }
        for (Path path : older) {
            FileSystemUtils.deleteRecursively(path);
        }
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("An entry of the archive leaves it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, true)) {
                        throw new IOException("Cannot make " + path + " executable");
                    }
                }
            }
        }
    }

    /** The archives are named by system, architecture and, for musl, the distribution. */
    private static String archiveName() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String system = isWindows() ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch", "");
        String machine = arch.equals("aarch64") ? "arm_64" : arch.equals("amd64") ? "x86_64" : arch;
        String libc = system.equals("linux") && Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        return "postgres-" + system + "-" + machine + libc + ".txz";
    }

    static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
