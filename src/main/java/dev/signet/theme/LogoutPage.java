package dev.signet.theme;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sign out? Asked when a sign-out request brings no valid proof of where it comes from. Posts {@code logout=true}, or
 * {@code cancel=true} to stay.
 *
 * @param action where the form posts to
 * @param hidden hidden fields, with {@code csrf}
 * @param app the app that asked
 * @param accountName who is signed in
 * @param apps names of the apps that will be signed out
 */
public record LogoutPage(
        String action, Map<String, String> hidden, @Nullable AppView app, String accountName, List<String> apps)
        implements Page {

    @Override
    public String name() {
        return "logout";
    }
}
