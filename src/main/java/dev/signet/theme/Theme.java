package dev.signet.theme;

import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/**
 * A theme ready for use: every file found, every language merged, every template parsed once.
 *
 * @param name its name
 * @param engine renders its templates
 * @param words by language
 * @param assets static files, by the path a template asks for
 * @param look what the operator set
 * @param scripts addresses of modules it adds to gate pages
 * @param imgOrigins other origins its pictures may come from
 * @param fontOrigins other origins its fonts may come from
 */
record Theme(
        String name,
        TemplateEngine engine,
        Map<Locale, Words> words,
        Map<String, Asset> assets,
        Look look,
        List<String> scripts,
        List<String> imgOrigins,
        List<String> fontOrigins) {

    /** Name of the style sheet put together from all layers. */
    static final String STYLE = "style.css";

    /**
     * What the operator set; templates know it as {@code site}.
     *
     * @param title name of the operator or product
     * @param logo its logo, as a path templates hand to {@code assets}
     * @param favicon icon of the tab, likewise
     * @param helpUrl address of the help page
     * @param privacyUrl address of the privacy policy
     * @param termsUrl address of the terms
     */
    record Look(
            String title,
            @Nullable String logo,
            String favicon,
            @Nullable String helpUrl,
            @Nullable String privacyUrl,
            @Nullable String termsUrl) {}

    Words words(Locale locale) {
        Words exact = words.get(locale);
        return exact != null ? exact : words.values().iterator().next();
    }

    void render(String template, Locale locale, Map<String, Object> variables, Writer out) {
        engine.process(template, new Context(locale, variables), out);
    }
}
