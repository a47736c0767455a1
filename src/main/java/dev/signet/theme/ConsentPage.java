package dev.signet.theme;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Allow an app to use the account. Posts {@code allow=true} with one {@code scope} per scope that is required or checked
 * ({@code openid} is not listed: put it into {@code hidden} if the receiver wants it), or {@code cancel=true}.
 *
 * @param action where the form posts to
 * @param hidden hidden fields, with {@code flow} and {@code csrf}
 * @param app the app that asks
 * @param accountName mail address or login name of the account
 * @param notYouUrl where another account can be used
 * @param scopes what the app gets, without {@code openid}, in the order to show
 * @param redirectHost host the person goes back to
 * @param local whether the app runs on the person's own device (a loopback redirect), or is otherwise unverified
 */
public record ConsentPage(
        String action,
        Map<String, String> hidden,
        AppView app,
        String accountName,
        @Nullable String notYouUrl,
        List<ScopeView> scopes,
        String redirectHost,
        boolean local)
        implements Page {

    @Override
    public String name() {
        return "consent";
    }
}
