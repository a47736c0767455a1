package dev.signet.login;

import dev.signet.site.Issuer;

/** The pages that can stand between an app's request and its answer. */
public enum Step {
    /** Sign in by name and password. */
    SIGN_IN("/login"),
    /** Sign in as somebody else than is signed in. */
    SIGN_IN_AS_OTHER("/login"),
    /** Choose one of the accounts this browser remembers. */
    CHOOSE_ACCOUNT("/login/accounts"),
    /** Show the password again. */
    CONFIRM("/login/confirm"),
    /** Allow the app what it asks for. */
    CONSENT("/oauth2/consent");

    private final String path;

    Step(String path) {
        this.path = path;
    }

    /**
     * The address of the page for a flow, and of its form: a page shown again after a mistake stands at an address that
     * names the flow, for a reload or a choice of language.
     */
    public String address(Issuer issuer, LoginFlow flow) {
        String address = issuer.url(path + "?flow=" + flow.handle());
        return this == SIGN_IN_AS_OTHER ? address + "&as=other" : address;
    }
}
