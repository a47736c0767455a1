package dev.signet.theme;

import org.jspecify.annotations.Nullable;

/**
 * One page a person can be shown: the model its template receives as {@code page}.
 *
 * <p>Components are public to themes; every one is escaped when it is written. Maps of hidden fields keep their order and always
 * hold {@code flow} and {@code csrf} where the receiving form needs them.
 */
public sealed interface Page
        permits LoginPage,
                ReauthPage,
                AccountsPage,
                ConsentPage,
                LogoutPage,
                SignedOutPage,
                ErrorPage,
                FormPostPage,
                SetupPage,
                HomePage,
                HelpPage {

    /** Names the template and the id of the body, {@code page-<name>}. */
    String name();

    /** Says where in a person's way the page stands; decides its security headers. */
    default Stage stage() {
        return Stage.GATE;
    }

    /** Marks a page whose form was refused, so that its title says so. */
    default boolean failed() {
        return false;
    }

    /** Names the language the page's content is written in, where that is not the person's; null for theirs. */
    default @Nullable String language() {
        return null;
    }

    /** Where a page stands: before an app is reached, or within the server's own pages. */
    enum Stage {
        /**
         * Part of an authorization flow. No {@code form-action}: browsers apply it to the whole chain of redirects after a post,
         * and the last of them leads to the app. No opener policy: the flow may run in an app's pop-up window.
         */
        GATE,
        /** The server's own pages: forms may only post back to the server, and other windows get no handle on them. */
        OWN
    }
}
