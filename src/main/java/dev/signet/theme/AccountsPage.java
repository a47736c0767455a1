package dev.signet.theme;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Choose an account. Posts {@code account=<id>} for the chosen one, {@code other=true} for another one, {@code forget=<id>} to
 * take one off the list, {@code cancel} to turn back.
 *
 * @param action where the form posts to
 * @param hidden hidden fields, with {@code flow} and {@code csrf}
 * @param app the app to continue to
 * @param accounts those this browser remembers
 * @param cancelOffered whether a Cancel button leads back to the app
 */
public record AccountsPage(
        String action,
        Map<String, String> hidden,
        @Nullable AppView app,
        List<AccountView> accounts,
        boolean cancelOffered)
        implements Page {

    @Override
    public String name() {
        return "accounts";
    }

    /** Tells whether choosing another account signs one out, which the page then says. */
    public boolean signsOut() {
        return accounts.size() > 1 && accounts.stream().anyMatch(AccountView::signedIn);
    }
}
