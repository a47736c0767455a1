package dev.signet.theme;

import org.jspecify.annotations.Nullable;

/**
 * The app a person is on the way to, as a page shows it.
 *
 * @param name what people call it
 * @param logoUrl its logo, served by this server (a path that begins with one slash); any other address is not shown, for a page
 *     never loads from a third party, and the app gets a letter instead
 * @param siteUrl its home page
 * @param policyUrl its privacy policy
 * @param termsUrl its terms of service
 */
public record AppView(
        String name,
        @Nullable String logoUrl,
        @Nullable String siteUrl,
        @Nullable String policyUrl,
        @Nullable String termsUrl) {

    public static AppView named(String name) {
        return new AppView(name, null, null, null, null);
    }

    /** Gives the logo if it is ours to serve. */
    public @Nullable String localLogo() {
        String logo = logoUrl;
        return logo != null && logo.startsWith("/") && !logo.startsWith("//") && !logo.contains("\\") ? logo : null;
    }

    /** Gives the letter that stands in for a missing logo. */
    public String initial() {
        return Initials.first(name);
    }

    /** Gives the privacy policy if it is a web address: a page links to nothing else. */
    public @Nullable String safePolicyUrl() {
        return WebLink.orNull(policyUrl);
    }

    /** Gives the terms if they are at a web address. */
    public @Nullable String safeTermsUrl() {
        return WebLink.orNull(termsUrl);
    }
}
