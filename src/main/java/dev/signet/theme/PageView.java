package dev.signet.theme;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a page needs to know of the visit; templates know it as {@code view}.
 *
 * @param lang language tag of the page
 * @param dir direction of its script, {@code ltr} or {@code rtl}
 * @param scheme colour scheme the person chose, {@code light} or {@code dark}; null to follow the system
 * @param languages those the page can be had in
 * @param query the address's parameters, which the language form keeps
 * @param asked the app's wish that a choice of language overrules
 */
record PageView(
        String lang,
        String dir,
        @Nullable String scheme,
        List<Language> languages,
        List<Parameter> query,
        @Nullable String asked) {

    /** One language of the menu, in its own words. */
    record Language(String tag, String name, boolean current) {}

    /** One parameter of the address. */
    record Parameter(String name, String value) {}

    static PageView of(HttpServletRequest request, Wishes wishes, Locale locale, Collection<Locale> offered) {
        return new PageView(
                locale.toLanguageTag(),
                direction(locale),
                scheme(request),
                offered.stream()
                        .map(each -> new Language(each.toLanguageTag(), ownName(each), each.equals(locale)))
                        .toList(),
                query(request),
                Languages.asked(request, wishes));
    }

    private static @Nullable String scheme(HttpServletRequest request) {
        String chosen = Languages.cookie(request, PreferenceFilter.SCHEME_COOKIE);
        return "light".equals(chosen) || "dark".equals(chosen) ? chosen : null;
    }

    static String direction(Locale locale) {
        return switch (locale.getLanguage()) {
            case "ar", "fa", "he", "iw", "ur", "ps", "sd", "ug", "yi", "dv", "ckb" -> "rtl";
            default -> "ltr";
        };
    }

    private static String ownName(Locale locale) {
        String name = locale.getDisplayName(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }

    /** Only what stands in the address: reading the body here would take it from whoever comes next. */
    private static List<Parameter> query(HttpServletRequest request) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : QueryString.pairs(request.getQueryString())) {
            String name = QueryString.name(pair);
            if (!PreferenceFilter.OWN_PARAMETERS.contains(name)) {
                parameters.add(new Parameter(name, QueryString.value(pair)));
            }
        }
        return parameters;
    }
}
