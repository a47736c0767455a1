package dev.signet.theme;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates the first administrator, opened by the one-time set-up link. Posts {@code email}, {@code name} and
 * {@code new-password}.
 *
 * @param action where the form posts to
 * @param hidden hidden fields, with the link's token and {@code csrf}
 * @param alert why the last try was refused
 * @param email what was typed
 * @param fullName what was typed as {@code name}
 * @param passwordMinLength least number of characters, told before typing
 */
public record SetupPage(
        String action,
        Map<String, String> hidden,
        @Nullable Alert alert,
        String email,
        String fullName,
        int passwordMinLength)
        implements Page {

    @Override
    public String name() {
        return "setup";
    }

    @Override
    public Stage stage() {
        return Stage.OWN;
    }

    @Override
    public boolean failed() {
        return alert != null;
    }
}
