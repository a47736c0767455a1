package dev.signet.theme;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.IMessageResolver;

/** Answers {@code #{…}} of a theme's templates from its words. */
final class ThemeMessages implements IMessageResolver {

    private final Map<Locale, Words> words;

    ThemeMessages(Map<Locale, Words> words) {
        this.words = words;
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
    public @Nullable String resolveMessage(
            ITemplateContext context, @Nullable Class<?> origin, String key, @Nullable Object @Nullable [] parameters) {
        Words language = words.get(context.getLocale());
        if (language == null || !language.has(key)) {
            return null;
        }
        return parameters == null ? language.text(key) : language.text(key, parameters);
    }

    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, @Nullable Class<?> origin, String key, @Nullable Object @Nullable [] parameters) {
        return key;
    }
}
