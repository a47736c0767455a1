package dev.signet.theme;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Confirm it's you: asks a person who is signed in for the password alone. Posts {@code password}; {@code cancel} when the person
 * turns back.
 *
 * @param action where the form posts to
 * @param hidden hidden fields, with {@code flow} and {@code csrf}
 * @param app the app to continue to
 * @param accountName mail address or login name of the account
 * @param alert why the last try was refused
 * @param otherAccountUrl where another account can be used; offered in app flows only
 * @param cancelOffered whether a Cancel button leads back
 */
public record ReauthPage(
        String action,
        Map<String, String> hidden,
        @Nullable AppView app,
        String accountName,
        @Nullable Alert alert,
        @Nullable String otherAccountUrl,
        boolean cancelOffered)
        implements Page {

    @Override
    public String name() {
        return "reauth";
    }

    @Override
    public boolean failed() {
        return alert != null;
    }
}
