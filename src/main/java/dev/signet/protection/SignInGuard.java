package dev.signet.protection;

import java.net.InetAddress;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Stands before every check of a password and lets only so many through.
 *
 * <p>Guards against guessing: by parallel requests (each attempt is taken before its password is looked at), by switching
 * the address (the account has a bucket of its own), by trying one password on many accounts (so has the address). And
 * against the lockout as a weapon: a device on which the owner signed in before draws on a bucket that strangers cannot
 * empty. A name without an account is counted just as one with, so that the limit tells nobody which exist.
 */
@Component
public class SignInGuard {

    private static final int IPV6_NETWORK_BYTES = 8;

    private final Throttle throttle;

    SignInGuard(Throttle throttle) {
        this.throttle = throttle;
    }

    /**
     * Counts one attempt and says whether it may be made.
     *
     * @param account the account's id where the typed name has one, else the name as typed: so that mail address and user
     *     name share one bucket
     * @param knownDevice whether this very browser has completed a sign-in to this account before
     * @param address the client's address
     */
    public Admission admit(String account, boolean knownDevice, String address) {
        if (knownDevice) {
            return throttle.take(Rule.SIGN_IN_KNOWN_DEVICE, account(account));
        }
        Admission byAddress = throttle.take(Rule.SIGN_IN_ADDRESS, network(address));
        if (!byAddress.admitted()) {
            return byAddress;
        }
        Admission byAccount = throttle.take(Rule.SIGN_IN_ACCOUNT, account(account));
        if (!byAccount.admitted()) {
            // No password is looked at: other accounts behind the same address need not pay for it.
            throttle.giveBack(Rule.SIGN_IN_ADDRESS, network(address));
        }
        return byAccount;
    }

    /** Gives back the one attempt that turned out right; those that failed before stay counted. */
    public void succeeded(String account, boolean knownDevice, String address) {
        if (knownDevice) {
            throttle.giveBack(Rule.SIGN_IN_KNOWN_DEVICE, account(account));
        } else {
            throttle.giveBack(Rule.SIGN_IN_ADDRESS, network(address));
            throttle.giveBack(Rule.SIGN_IN_ACCOUNT, account(account));
        }
    }

    /** Takes one opening of a sign-in flow by this address. */
    public Admission admitFlow(String address) {
        return throttle.take(Rule.FLOW_OPENED, network(address));
    }

    /**
     * Takes one slow check of a client secret that this address causes: else a flood of wrong secrets would keep the cores
     * from checking people's passwords.
     */
    public Admission admitSecretCheck(String address) {
        return throttle.take(Rule.CLIENT_SECRET_CHECK, network(address));
    }

    private static String account(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    /** Who owns one IPv6 address owns its /64, so that is what is counted; an IPv4 address stands for itself. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 4
                    ? InetAddress.ofLiteral(address).getHostAddress()
                    : HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
