package dev.signet.provisioning;

import dev.signet.crypto.SecretValue;
import dev.signet.provisioning.Config.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets that configuration files refer to, {@code ${file:/run/secrets/shop}} or {@code ${env:SHOP_SECRET}}:
 * the files themselves can then be kept with the rest of a project's text.
 *
 * @param environment looks up a variable by name
 * @param literalsAllowed whether a secret may also stand in the file itself; not in production
 */
record SecretReferences(Function<String, @Nullable String> environment, boolean literalsAllowed) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env):([^}]+)}");
    private static final long LARGEST_FILE = 64 * 1024;

    /** The secret that the text is or refers to; null, and a problem, if there is none to be had. */
    @Nullable
    SecretValue resolve(String text, ConfigFile file, Place place, List<ConfigProblem> problems) {
        Matcher reference = REFERENCE.matcher(text);
        @Nullable String found;
        if (!reference.matches()) {
            found = literal(text, place, problems);
        } else if (reference.group(1).equals("env")) {
            found = variable(reference.group(2), place, problems);
        } else {
            found = fileContent(reference.group(2), file, place, problems);
        }
        return found == null ? null : new SecretValue(found);
    }

    private @Nullable String literal(String text, Place place, List<ConfigProblem> problems) {
        if (text.startsWith("${")) {
            problems.add(place.problem("a reference is malformed", "write ${file:/path} or ${env:NAME}"));
            return null;
        }
        if (!literalsAllowed) {
            problems.add(place.problem(
                    "a secret stands in the file itself, which the profile 'production' refuses",
                    "refer to it by ${file:/path} or ${env:NAME}"));
            return null;
        }
        return text;
    }

    private @Nullable String variable(String name, Place place, List<ConfigProblem> problems) {
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            problems.add(place.problem("the environment variable " + name + " is not set", "set it to the secret"));
            return null;
        }
        return value;
    }

    private static @Nullable String fileContent(
            String name, ConfigFile file, Place place, List<ConfigProblem> problems) {
        try {
            Path directory = file.directory();
            Path path = directory == null ? Path.of(name) : directory.resolve(name);
            if (Files.size(path) > LARGEST_FILE) {
                problems.add(place.problem("the file " + path + " is too large for a secret", "name another file"));
                return null;
            }
            // Editors and shells end files with a line break that is not part of the secret.
            String value = Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
            if (!value.isEmpty()) {
                return value;
            }
            problems.add(place.problem("the file " + path + " is empty", "write the secret into it"));
        } catch (IOException | InvalidPathException e) {
            problems.add(place.problem(
                    "the file " + name + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "name a text file that this server may read"));
        }
        return null;
    }
}
