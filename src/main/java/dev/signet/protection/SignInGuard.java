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
     * <p>A name that ran out of attempts is told so, whether or not it has an account. Attempts by another name of the same
     * account count too, but to say so would tell that the two names belong together: those are refused in disguise.
     */
    public Admission admit(SignInAttempt attempt) {
        if (attempt.knownDevice()) {
            return throttle.take(Rule.SIGN_IN_KNOWN_DEVICE, canonical(attempt.accountKey()));
        }
        String network = network(attempt.address());
        Admission byAddress = throttle.take(Rule.SIGN_IN_ADDRESS, network);
        if (!byAddress.admitted()) {
            return byAddress;
        }
        Admission byName = throttle.take(Rule.SIGN_IN_NAME, canonical(attempt.typedName()));
        if (!byName.admitted()) {
            // No password is looked at: other accounts behind the same address need not pay for it.
            throttle.giveBack(Rule.SIGN_IN_ADDRESS, network);
            return byName;
        }
        boolean byAccount = throttle.take(Rule.SIGN_IN_ACCOUNT, canonical(attempt.accountKey()))
                .admitted();
        return byAccount ? byName : new Admission.Disguised();
    }

    /** Gives back an admitted attempt that need not count: it turned out right, or nothing was compared. */
    public void giveBack(SignInAttempt attempt) {
        if (attempt.knownDevice()) {
            throttle.giveBack(Rule.SIGN_IN_KNOWN_DEVICE, canonical(attempt.accountKey()));
        } else {
            throttle.giveBack(Rule.SIGN_IN_ADDRESS, network(attempt.address()));
            throttle.giveBack(Rule.SIGN_IN_NAME, canonical(attempt.typedName()));
            throttle.giveBack(Rule.SIGN_IN_ACCOUNT, canonical(attempt.accountKey()));
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

    private static String canonical(String typed) {
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
