package dev.signet.theme;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.spring6.dialect.SpringStandardDialect;

/**
 * Makes a theme from its layers. A file that cannot be used is reported and left out; the next layer's takes its place, so that a
 * slip in a theme never keeps people from signing in.
 */
final class ThemeAssembly {

    private static final String TITLE = "Signet";

    private final ThemeProperties properties;
    private final List<ThemeProblem> problems;

    ThemeAssembly(ThemeProperties properties, List<ThemeProblem> problems) {
        this.properties = properties;
        this.problems = problems;
    }

    Theme assemble(String name, List<ThemeLayer> layers, Set<ThemeFile> refused) {
        Map<String, String> templates = new HashMap<>();
        Map<String, Asset> assets = new TreeMap<>();
        for (ThemeLayer layer : layers.reversed()) {
            for (ThemeFile file : layer.files().values()) {
                if (!refused.contains(file)) {
                    add(layer, file, templates, assets);
                }
            }
        }
        String css = StyleSheet.of(layers, path -> relative(assets.get(path)), problems);
        assets.put(Theme.STYLE, Asset.of(name, Theme.STYLE, css.getBytes(StandardCharsets.UTF_8)));
        Map<Locale, Words> words = offered(layers, Bundles.merge(layers, problems));
        return new Theme(
                name,
                engine(templates, words),
                words,
                Map.copyOf(assets),
                look(layers, assets),
                scripts(layers, assets),
                union(layers, ThemeManifest::imgOrigins),
                union(layers, ThemeManifest::fontOrigins));
    }

    private void add(ThemeLayer layer, ThemeFile file, Map<String, String> templates, Map<String, Asset> assets) {
        String path = file.path();
        if (path.startsWith("static/") && Asset.servable(path)) {
            assets.put(path, Asset.of(layer.theme(), path.substring("static/".length()), file.bytes()));
        } else if (path.endsWith(".html") && (path.startsWith("templates/") || path.startsWith("slots/"))) {
            List<ThemeProblem> found = layer.bedrock() ? List.of() : TemplateCheck.problems(file);
            problems.addAll(found);
            if (found.isEmpty()) {
                templates.put(templateName(path), TemplateFiles.compact(file.text()));
            }
        }
    }

    /** Gives the name templates and slots are asked for by: {@code login}, {@code slots/brand}. */
    static String templateName(String path) {
        return path.replaceFirst("^templates/", "").replaceFirst("\\.html$", "");
    }

    private static @Nullable String relative(@Nullable Asset asset) {
        return asset == null ? null : "../.." + asset.path();
    }

    private static TemplateEngine engine(Map<String, String> templates, Map<Locale, Words> words) {
        TemplateEngine engine = new TemplateEngine();
        engine.setDialect(new SpringStandardDialect());
        engine.setTemplateResolver(new TemplateFiles(templates));
        engine.setMessageResolver(new ThemeMessages(words));
        return engine;
    }

    private Map<Locale, Words> offered(List<ThemeLayer> layers, Map<Locale, Words> all) {
        List<String> tags = nearest(layers, manifest -> manifest.locales().isEmpty() ? null : manifest.locales())
                .orElse(List.of());
        if (tags.isEmpty()) {
            return all;
        }
        Map<Locale, Words> offered = new LinkedHashMap<>();
        for (String tag : tags) {
            Locale locale = Locale.forLanguageTag(tag);
            Words words = all.get(locale);
            if (words == null) {
                problems.add(new ThemeProblem(
                        "theme " + layers.getFirst().theme(),
                        0,
                        "offers the language " + tag + " without its messages"));
            } else {
                offered.put(locale, words);
            }
        }
        return offered.isEmpty() ? all : offered;
    }

    private Theme.Look look(List<ThemeLayer> layers, Map<String, Asset> assets) {
        String title = properties.title() != null
                ? properties.title()
                : nearest(layers, ThemeManifest::title).orElse(TITLE);
        String logo =
                nearest(layers, ThemeManifest::logo).filter(assets::containsKey).orElse(null);
        String favicon = nearest(layers, ThemeManifest::favicon)
                .filter(assets::containsKey)
                .orElse("static/favicon.svg");
        return new Theme.Look(
                title,
                logo,
                favicon,
                link(properties.help(), layers, "help"),
                link(properties.privacy(), layers, "privacy"),
                link(properties.terms(), layers, "terms"));
    }

    private static @Nullable String link(@Nullable URI set, List<ThemeLayer> layers, String key) {
        return set != null
                ? set.toString()
                : nearest(layers, manifest -> manifest.links().get(key)).orElse(null);
    }

    private List<String> scripts(List<ThemeLayer> layers, Map<String, Asset> assets) {
        List<String> scripts = union(layers, ThemeManifest::scripts);
        for (String script : scripts) {
            if (!assets.containsKey(script)) {
                problems.add(new ThemeProblem(
                        "theme " + layers.getFirst().theme(),
                        0,
                        "names the script " + script + ", which is not there"));
            }
        }
        return scripts.stream().filter(assets::containsKey).toList();
    }

    private static List<String> union(List<ThemeLayer> layers, Function<ThemeManifest, List<String>> part) {
        List<String> all = new ArrayList<>();
        for (ThemeLayer layer : layers) {
            all.addAll(part.apply(layer.manifest()));
        }
        return all.stream().distinct().toList();
    }

    private static <T> Optional<T> nearest(List<ThemeLayer> layers, Function<ThemeManifest, @Nullable T> part) {
        for (ThemeLayer layer : layers) {
            T value = part.apply(layer.manifest());
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
