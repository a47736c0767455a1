package dev.signet.theme;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a person lands who visits the server itself: says who is signed in and lets them sign out.
 *
 * @param displayName the person's name, or the login name if none is known
 * @param login mail address or login name
 * @param signOutAction where the sign-out form posts to
 * @param hidden hidden fields of that form, with {@code csrf}
 * @param notice good or neutral news
 */
public record HomePage(
        String displayName,
        String login,
        String signOutAction,
        Map<String, String> hidden,
        @Nullable Notice notice) implements Page {

    @Override
    public String name() {
        return "account-home";
    }

    @Override
    public Stage stage() {
        return Stage.OWN;
    }

    /** Gives one or two letters in place of a picture. */
    public String initials() {
        return Initials.of(displayName);
    }
}
