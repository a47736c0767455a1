package dev.signet.theme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Reads themes from the class path and from the operator's directory, and lays them on top of each other. */
final class ThemeSource {

    static final String DEFAULT = "default";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final long MAX_FILE = 1024 * 1024;

    private final @Nullable Path directory;
    private final List<ThemeProblem> problems;

    ThemeSource(@Nullable Path directory, List<ThemeProblem> problems) {
        this.directory = directory;
        this.problems = problems;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Gives the layers of a theme, nearest first: its files on disk, its built-in files, then the same of each theme it extends.
     * Empty if there is no theme of that name.
     */
    List<ThemeLayer> layers(String name) {
        List<ThemeLayer> stack = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String next = name;
        while (next != null && seen.add(next)) {
            List<ThemeLayer> own = own(next);
            if (own.isEmpty()) {
                if (stack.isEmpty()) {
                    return List.of();
                }
                ThemeLayer last = stack.getLast();
                problems.add(new ThemeProblem(
                        "theme " + last.theme(), 0, "extends the theme " + next + ", which does not exist"));
            }
            stack.addAll(own);
            next = next.equals(DEFAULT) ? null : parent(own);
        }
        if (!seen.contains(DEFAULT)) {
            problems.add(new ThemeProblem("theme " + name, 0, "extends itself in a circle; using default"));
            stack.addAll(own(DEFAULT));
        }
        return stack;
    }

    private static String parent(List<ThemeLayer> own) {
        return own.stream()
                .map(layer -> layer.manifest().parent())
                .filter(parent -> parent != null)
                .findFirst()
                .orElse(DEFAULT);
    }

    private List<ThemeLayer> own(String name) {
        List<ThemeLayer> layers = new ArrayList<>();
        if (!isName(name)) {
            return layers;
        }
        Map<String, ThemeFile> onDisk = readDirectory(name);
        if (!onDisk.isEmpty()) {
            layers.add(layer(name, false, onDisk));
        }
        Map<String, ThemeFile> builtIn = readClassPath(name);
        if (!builtIn.isEmpty()) {
            layers.add(layer(name, true, builtIn));
        }
        return layers;
    }

    private ThemeLayer layer(String name, boolean builtIn, Map<String, ThemeFile> files) {
        ThemeFile yaml = files.get("theme.yml");
        ThemeManifest manifest = yaml == null ? ThemeManifest.EMPTY : ThemeManifest.read(yaml, problems);
        return new ThemeLayer(name, builtIn, manifest, files);
    }

    private Map<String, ThemeFile> readDirectory(String name) {
        Map<String, ThemeFile> files = new TreeMap<>();
        if (directory == null) {
            return files;
        }
        Path root = directory.resolve(name);
        if (!Files.isDirectory(root)) {
            return files;
        }
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (Files.size(file) > MAX_FILE) {
                    problems.add(new ThemeProblem(file.toString(), 0, "is larger than 1 MiB; make it smaller"));
                } else if (!path.startsWith(".")) {
                    files.put(path, new ThemeFile(path, file.toString(), Files.readAllBytes(file)));
                }
            }
        } catch (IOException unreadable) {
            problems.add(new ThemeProblem(root.toString(), 0, "cannot be read: " + unreadable.getMessage()));
        }
        return files;
    }

    private static Map<String, ThemeFile> readClassPath(String name) {
        Map<String, ThemeFile> files = new TreeMap<>();
        String root = "themes/" + name + "/";
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + root + "**")) {
                String url = resource.getURL().toString();
                String path = url.substring(url.lastIndexOf(root) + root.length());
                if (!path.isEmpty() && !path.endsWith("/") && resource.isReadable()) {
                    files.putIfAbsent(path, new ThemeFile(path, root + path, resource.getContentAsByteArray()));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("The built-in themes cannot be read", broken);
        }
        return files;
    }
}
