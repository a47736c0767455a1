package dev.signet.theme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Theme files made up by tests. */
final class ThemeTestFiles {

    private ThemeTestFiles() {}

    static ThemeFile file(String path, String text) {
        return new ThemeFile(path, path, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path directory, String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static ThemeProperties properties(String theme, Path directory) {
        return new ThemeProperties(theme, directory, false, null, Locale.ENGLISH, null, null, null);
    }
}
