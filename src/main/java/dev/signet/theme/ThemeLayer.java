package dev.signet.theme;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one theme from one place. A theme is a stack of layers, nearest first; the last is always the built-in
 * {@code default}.
 *
 * @param theme name of the theme
 * @param builtIn whether it comes with the server rather than from the operator's directory
 * @param manifest its {@code theme.yml}
 * @param files by path
 */
record ThemeLayer(String theme, boolean builtIn, ThemeManifest manifest, Map<String, ThemeFile> files) {

    @Nullable
    ThemeFile file(String path) {
        return files.get(path);
    }

    /** Tells whether this is the layer that always works. */
    boolean bedrock() {
        return builtIn && theme.equals(ThemeSource.DEFAULT);
    }
}
