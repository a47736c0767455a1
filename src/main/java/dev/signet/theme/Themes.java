package dev.signet.theme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * All themes there are: the built-in ones and those of the operator's directory, loaded once, or again when files change if
 * {@code signet.theme.reload} is on. What is wrong with them is logged with file, line and reason; sign-in works regardless.
 */
final class Themes {

    private static final Logger log = LoggerFactory.getLogger(Themes.class);
    private static final long CHECK_EVERY_MILLIS = 1000;

    private final ThemeProperties properties;
    private final Clock clock;
    private volatile Loaded loaded;
    private volatile long checkedAt;

    /** One reading of everything. {@code byPath} has every file by its exact address, {@code byFile} without the fingerprint. */
    private record Loaded(
            Theme server,
            Theme bedrock,
            Map<String, Theme> byName,
            Map<String, Asset> byPath,
            Map<String, Asset> byFile,
            List<ThemeProblem> problems,
            long newestFile) {}

    Themes(ThemeProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.loaded = load();
        this.checkedAt = clock.millis();
    }

    /** The named theme, or the server's where it is null or unknown. */
    Theme find(@Nullable String name) {
        Loaded now = current();
        return name == null ? now.server() : now.byName().getOrDefault(name, now.server());
    }

    /** The built-in look, with nothing of the operator's in it. */
    Theme bedrock() {
        return loaded.bedrock();
    }

    @Nullable
    Asset asset(String path) {
        return loaded.byPath().get(path);
    }

    @Nullable
    Asset assetOfAnyFingerprint(String path) {
        return loaded.byFile().get(withoutFingerprint(path));
    }

    Asset favicon() {
        Theme server = loaded.server();
        return Objects.requireNonNull(server.assets().get(server.look().favicon()), "every theme inherits an icon");
    }

    List<ThemeProblem> problems() {
        return loaded.problems();
    }

    private Loaded current() {
        long now = clock.millis();
        if (properties.reload() && now - checkedAt > CHECK_EVERY_MILLIS) {
            checkedAt = now;
            if (newestFile() != loaded.newestFile()) {
                loaded = load();
            }
        }
        return loaded;
    }

    private Loaded load() {
        long newest = newestFile();
        List<ThemeProblem> problems = new ArrayList<>();
        ThemeSource source = new ThemeSource(properties.directory(), problems);
        Map<String, Theme> byName = new HashMap<>();
        for (String name : names()) {
            List<ThemeLayer> layers = source.layers(name);
            if (!layers.isEmpty()) {
                byName.put(name, tried(name, layers, problems));
            }
        }
        List<ThemeLayer> builtIn = new ThemeSource(null, new ArrayList<>()).layers(ThemeSource.DEFAULT);
        Theme bedrock =
                new ThemeAssembly(properties, new ArrayList<>()).assemble(ThemeSource.DEFAULT, builtIn, Set.of());
        Theme server = byName.get(properties.name());
        if (server == null) {
            problems.add(new ThemeProblem("signet.theme.name", 0, "there is no theme " + properties.name()));
            server = bedrock;
        }
        Map<String, Asset> byPath = new HashMap<>();
        Map<String, Asset> byFile = new HashMap<>();
        collect(bedrock, byPath, byFile);
        byName.values().forEach(theme -> collect(theme, byPath, byFile));
        List<ThemeProblem> distinct = problems.stream().distinct().toList();
        distinct.forEach(problem -> log.warn("Theme: {}", problem));
        return new Loaded(server, bedrock, byName, byPath, byFile, distinct, newest);
    }

    /** Assembles a theme and renders every page once, leaving out files that fail until all pages come out. */
    private Theme tried(String name, List<ThemeLayer> layers, List<ThemeProblem> problems) {
        Set<ThemeFile> refused = new HashSet<>();
        while (true) {
            List<ThemeProblem> found = new ArrayList<>();
            Theme theme = new ThemeAssembly(properties, found).assemble(name, layers, refused);
            ThemeTrial.Failure failure = ThemeTrial.run(theme, layers, refused);
            if (failure == null) {
                problems.addAll(found);
                return theme;
            }
            problems.add(failure.problem());
            if (failure.file() == null) {
                return theme;
            }
            refused.add(failure.file());
        }
    }

    private static void collect(Theme theme, Map<String, Asset> byPath, Map<String, Asset> byFile) {
        for (Asset asset : theme.assets().values()) {
            byPath.put(asset.path(), asset);
            byFile.put(withoutFingerprint(asset.path()), asset);
        }
    }

    private static String withoutFingerprint(String path) {
        return path.replaceFirst("^(/[^/]+)/[^/]+/", "$1/");
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        names.add(ThemeSource.DEFAULT);
        try {
            for (var resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:themes/*/theme.yml")) {
                String[] segments = resource.getURL().toString().split("/");
                names.add(segments[segments.length - 2]);
            }
            Path directory = properties.directory();
            if (directory != null && Files.isDirectory(directory)) {
                try (Stream<Path> found = Files.list(directory)) {
                    found.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString())
                            .filter(ThemeSource::isName)
                            .forEach(names::add);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The themes cannot be read", unreadable);
        }
        return names;
    }

    private long newestFile() {
        Path directory = properties.directory();
        if (directory == null || !Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.toFile().lastModified())
                    .max(Comparator.naturalOrder())
                    .orElse(0L);
        } catch (IOException | UncheckedIOException changing) {
            return 0;
        }
    }
}
