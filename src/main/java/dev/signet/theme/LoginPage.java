package dev.signet.theme;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sign in with a name and a password. Posts {@code username}, {@code password}, {@code remember=true} if checked; {@code cancel}
 * when the person turns back.
 *
 * @param action where the form posts to
 * @param hidden hidden fields, with {@code flow} and {@code csrf}
 * @param app the app to continue to; null when visiting the server's own pages
 * @param username what was typed, or the app's {@code login_hint}; empty for neither
 * @param alert why the last try was refused
 * @param notice good or neutral news
 * @param rememberOffered whether "Keep me signed in" is there
 * @param remember whether it is checked
 * @param forgotUrl where a forgotten password is reset
 * @param registerUrl where an account is created
 * @param cancelOffered whether a Cancel button leads back to the app
 */
public record LoginPage(
        String action,
        Map<String, String> hidden,
        @Nullable AppView app,
        String username,
        @Nullable Alert alert,
        @Nullable Notice notice,
        boolean rememberOffered,
        boolean remember,
        @Nullable String forgotUrl,
        @Nullable String registerUrl,
        boolean cancelOffered)
        implements Page {

    @Override
    public String name() {
        return "login";
    }

    @Override
    public boolean failed() {
        return alert != null;
    }
}
