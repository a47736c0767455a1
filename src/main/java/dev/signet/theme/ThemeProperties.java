package dev.signet.theme;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the pages look: {@code signet.theme.*}.
 *
 * @param name the server's theme; unknown ones are reported and the built-in look is used
 * @param directory directory on disk whose subdirectories are themes; its files win over built-in ones of the same theme
 * @param reload whether to look for changed files in that directory before each page, at most once a second; for theme work
 * @param title name of the operator or product, shown first on every page; wins over the theme's own
 * @param defaultLocale language where nobody wished for another one
 * @param help address of the help page, linked if set; wins over the theme's own
 * @param privacy address of the privacy policy, likewise
 * @param terms address of the terms, likewise
 */
@ConfigurationProperties("signet.theme")
record ThemeProperties(
        @DefaultValue("default") String name,
        @Nullable Path directory,
        @DefaultValue("false") boolean reload,
        @Nullable String title,
        @DefaultValue("en") Locale defaultLocale,
        @Nullable URI help,
        @Nullable URI privacy,
        @Nullable URI terms) {}
