package dev.signet.theme;

import org.jspecify.annotations.Nullable;

/**
 * One scope on the consent page.
 *
 * @param name the scope's name. Text and icon come from the theme's messages ({@code scope.<name>}) where these have the key
 * @param description what it gives, for scopes the messages do not know; the name itself is shown if absent
 * @param required whether it cannot be unchecked; it is then posted as a hidden field
 * @param isNew whether to mark it because others were granted before
 * @param checked whether an optional one starts checked
 */
public record ScopeView(String name, @Nullable String description, boolean required, boolean isNew, boolean checked) {

    public static ScopeView required(String name, @Nullable String description, boolean isNew) {
        return new ScopeView(name, description, true, isNew, true);
    }

    /** Gives the icon of the standard scopes, and a key for all others. */
    public String icon() {
        return switch (name) {
            case "profile" -> "user";
            case "email" -> "mail";
            case "phone" -> "phone";
            case "address" -> "place";
            case "offline_access" -> "stay";
            default -> "key";
        };
    }
}
