package dev.signet.theme;

import org.jspecify.annotations.Nullable;

/**
 * You're signed out.
 *
 * @param app the app that asked
 * @param backUrl the app's registered address to go back to; the caller has checked it, so it may be of any scheme
 * @param signInUrl where to sign in again
 */
public record SignedOutPage(
        @Nullable AppView app,
        @Nullable String backUrl,
        @Nullable String signInUrl) implements Page {

    @Override
    public String name() {
        return "signed-out";
    }
}
