package dev.signet.protection;

import java.util.Locale;

/** What is limited. How much is allowed stands in {@link ProtectionProperties}. */
public enum Rule {
    /** Sign-in attempts by one typed name from devices its account does not know; as many as at one account. */
    SIGN_IN_NAME,
    /** Sign-in attempts at one account, by whichever of its names, from devices it does not know. */
    SIGN_IN_ACCOUNT,
    /** Sign-in attempts at one account from devices its owner has signed in on before. */
    SIGN_IN_KNOWN_DEVICE,
    /** Sign-in attempts from one address at any account. */
    SIGN_IN_ADDRESS,
    /** Sign-in flows opened by one address. */
    FLOW_OPENED,
    /** Slow checks of client secrets that one address causes. */
    CLIENT_SECRET_CHECK;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
