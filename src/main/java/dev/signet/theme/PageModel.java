package dev.signet.theme;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names the variables a template sees. Part of the theme contract: {@code page}, {@code site}, {@code view}, {@code words},
 * {@code assets}.
 */
final class PageModel {

    private PageModel() {}

    /** Gives the address of a theme's static file; templates know it as {@code assets}. */
    record Assets(String base, Map<String, Asset> files, List<String> scripts) {

        public String url(String file) {
            Asset asset = files.get(file);
            if (asset == null) {
                throw new IllegalArgumentException("The theme has no file " + file);
            }
            return base + AssetFilter.PATH + asset.path();
        }
    }

    /** @param base path of the issuer, which every address starts with */
    static Map<String, Object> of(Page page, Theme theme, Locale locale, PageView view, String base) {
        Map<String, Object> model = new HashMap<>();
        model.put("page", page);
        model.put("site", theme.look());
        model.put("view", view);
        model.put("words", theme.words(locale));
        model.put("assets", new Assets(base, theme.assets(), theme.scripts()));
        return model;
    }

    /** A visit without wishes, for trials. */
    static PageView sampleView(Locale locale) {
        String tag = locale.toLanguageTag();
        return new PageView(
                tag, PageView.direction(locale), null, List.of(new PageView.Language(tag, tag, true)), List.of(), null);
    }
}
