package dev.signet.theme;

import org.jspecify.annotations.Nullable;

/**
 * How a page should come out, as far as the caller knows more than the request says.
 *
 * @param uiLocales the app's {@code ui_locales} (OpenID Connect Core section 3.1.2.1): language tags, best first, separated by
 *     spaces
 * @param accountLocale language tag of the account, if one is known
 * @param theme name of the app's theme; the server's is used if it is null or there is none of that name
 */
public record Wishes(
        @Nullable String uiLocales,
        @Nullable String accountLocale,
        @Nullable String theme) {

    /** Nothing but what the request says. */
    public static final Wishes NONE = new Wishes(null, null, null);

    public static Wishes uiLocales(@Nullable String uiLocales) {
        return new Wishes(uiLocales, null, null);
    }
}
