package dev.signet.theme;

import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.exceptions.TemplateProcessingException;

/**
 * Renders every sample page with a theme before anyone sees it, to find the file that would fail. The built-in theme is not
 * tried: its own tests do that.
 */
final class ThemeTrial {

    private ThemeTrial() {}

    /** Why a page does not come out. {@code file} is the one to leave out; null if it is none of the theme's own. */
    record Failure(ThemeProblem problem, @Nullable ThemeFile file) {}

    static @Nullable Failure run(Theme theme, List<ThemeLayer> layers, Set<ThemeFile> refused) {
        if (layers.getFirst().bedrock() || !hasTemplates(layers, refused)) {
            return null;
        }
        Locale locale = theme.words().keySet().iterator().next();
        for (Page page : SamplePages.all().values()) {
            try {
                Map<String, Object> model = PageModel.of(page, theme, locale, PageModel.sampleView(locale), "");
                theme.render(page.name(), locale, model, Writer.nullWriter());
            } catch (TemplateProcessingException failed) {
                return failure(page, failed, layers, refused);
            }
        }
        return null;
    }

    private static boolean hasTemplates(List<ThemeLayer> layers, Set<ThemeFile> refused) {
        return layers.stream()
                .filter(layer -> !layer.bedrock())
                .flatMap(layer -> layer.files().values().stream())
                .anyMatch(file -> file.path().endsWith(".html") && !refused.contains(file));
    }

    private static Failure failure(
            Page page, TemplateProcessingException failed, List<ThemeLayer> layers, Set<ThemeFile> refused) {
        String template = failed.getTemplateName() == null ? page.name() : failed.getTemplateName();
        Integer line = failed.getLine();
        Throwable root = failed;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        ThemeFile file = own(template, layers, refused);
        if (file == null) {
            // It failed in a part of the built-in theme, with what the page gave it.
            file = own(page.name(), layers, refused);
            line = null;
        }
        String origin = file == null ? "template " + template : file.origin();
        String reason = "fails on the page " + page.name() + ": " + root.getMessage();
        return new Failure(new ThemeProblem(origin, line == null ? 0 : line, reason), file);
    }

    private static @Nullable ThemeFile own(String template, List<ThemeLayer> layers, Set<ThemeFile> refused) {
        String path = template.startsWith("slots/") ? template + ".html" : "templates/" + template + ".html";
        for (ThemeLayer layer : layers) {
            ThemeFile file = layer.bedrock() ? null : layer.file(path);
            if (file != null && !refused.contains(file)) {
                return file;
            }
        }
        return null;
    }
}
