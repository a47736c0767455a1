package dev.signet.theme;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts one style sheet together from a theme's layers, so that a page needs one request for its looks: the built-in base, then
 * each layer's tokens in the cascade layer {@code tokens} and its {@code theme.css} in {@code theme}.
 */
final class StyleSheet {

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern SPACE = Pattern.compile("\\s*\\n\\s*");
    private static final Pattern STATIC_URL = Pattern.compile("url\\(\\s*[\"']?(static/[^\"')]+)[\"']?\\s*\\)");
    private static final String DARK_SYSTEM = "@media (prefers-color-scheme:dark){:root:not([data-scheme=light]){";
    private static final String DARK_CHOSEN = ":root[data-scheme=dark]{";

    private StyleSheet() {}

    /** Writes the sheet. @param address gives the address of a theme's static file relative to the sheet's, or null */
    static String of(List<ThemeLayer> layers, Function<String, @Nullable String> address, List<ThemeProblem> problems) {
        StringBuilder css = new StringBuilder();
        for (ThemeLayer layer : layers.reversed()) {
            ThemeFile base = layer.bedrock() ? layer.file("static/base.css") : null;
            if (base != null) {
                css.append(compact(base.text()));
            }
            wrap(css, "tokens", layer.file("tokens.css"), address, problems);
            tokens(css, layer.manifest());
            wrap(css, "theme", layer.file("theme.css"), address, problems);
        }
        return css.toString();
    }

    private static void wrap(
            StringBuilder css,
            String cascadeLayer,
            @Nullable ThemeFile file,
            Function<String, @Nullable String> address,
            List<ThemeProblem> problems) {
        if (file == null) {
            return;
        }
        String text = compact(file.text());
        if (text.chars().filter(c -> c == '{').count()
                != text.chars().filter(c -> c == '}').count()) {
            problems.add(new ThemeProblem(file.origin(), 0, "has an opening or closing brace too many"));
            return;
        }
        if (text.contains("@import")) {
            problems.add(new ThemeProblem(file.origin(), 0, "may not use @import; put the rules into the file"));
            return;
        }
        String linked = STATIC_URL.matcher(text).replaceAll(match -> {
            String url = address.apply(match.group(1));
            if (url == null) {
                problems.add(new ThemeProblem(file.origin(), 0, "names " + match.group(1) + ", which is not there"));
            }
            return Matcher.quoteReplacement(url == null ? match.group() : "url(\"" + url + "\")");
        });
        css.append("@layer ").append(cascadeLayer).append('{').append(linked).append("}\n");
    }

    private static void tokens(StringBuilder css, ThemeManifest manifest) {
        Map<String, String> light = AccentTokens.complete(manifest.tokens(), "#ffffff", false);
        Map<String, String> darkGiven = manifest.darkTokens();
        String accent = manifest.tokens().get("accent");
        if (accent != null && !darkGiven.containsKey("accent")) {
            darkGiven = new TreeMap<>(darkGiven);
            darkGiven.put("accent", accent);
        }
        Map<String, String> dark = AccentTokens.complete(darkGiven, "#181c24", true);
        if (!light.isEmpty()) {
            css.append("@layer tokens{:root{").append(declarations(light)).append("}}\n");
        }
        if (!dark.isEmpty()) {
            String declarations = declarations(dark);
            css.append("@layer tokens{")
                    .append(DARK_SYSTEM)
                    .append(declarations)
                    .append("}}");
            css.append(DARK_CHOSEN).append(declarations).append("}}\n");
        }
    }

    private static String declarations(Map<String, String> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach((name, value) ->
                text.append("--").append(name).append(':').append(value).append(';'));
        return text.toString();
    }

    /** Takes out comments and indentation; the rest is left to compression. */
    static String compact(String css) {
        return SPACE.matcher(COMMENT.matcher(css).replaceAll(""))
                        .replaceAll("\n")
                        .strip() + "\n";
    }
}
