package dev.signet.theme;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.cache.AlwaysValidCacheEntryValidity;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ITemplateResolver;
import org.thymeleaf.templateresolver.TemplateResolution;
import org.thymeleaf.templateresource.StringTemplateResource;

/**
 * Finds templates and slots of one theme in memory. A slot nobody fills is empty, not an error. No name ever reaches the file
 * system.
 */
final class TemplateFiles implements ITemplateResolver {

    private static final Pattern INDENTATION = Pattern.compile("\\n[ \\t]+");

    private final Map<String, String> templates;

    TemplateFiles(Map<String, String> templates) {
        this.templates = Map.copyOf(templates);
    }

    @Override
    public String getName() {
        return "theme";
    }

    @Override
    public Integer getOrder() {
        return 1;
    }

    @Override
    public @Nullable TemplateResolution resolveTemplate(
            IEngineConfiguration configuration,
            @Nullable String ownerTemplate,
            String template,
            @Nullable Map<String, Object> attributes) {
        String text = templates.get(template);
        if (template.startsWith("slots/") && (text == null || text.isBlank())) {
            // A resource of no characters at all would count as missing.
            text = "\n";
        }
        if (text == null) {
            return null;
        }
        return new TemplateResolution(
                new StringTemplateResource(text),
                true,
                TemplateMode.HTML,
                false,
                AlwaysValidCacheEntryValidity.INSTANCE);
    }

    /** Takes out indentation, which no page shows; line breaks stay, so that messages name the right line. */
    static String compact(String template) {
        return INDENTATION.matcher(template).replaceAll("\n");
    }
}
