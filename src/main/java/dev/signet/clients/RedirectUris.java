package dev.signet.clients;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares redirect URIs.
 *
 * <p>"Authorization servers MUST utilize exact string matching except for port numbers in localhost redirection URIs of
 * native apps" (RFC 9700 section 4.1.3). No normalising, no prefix, no pattern: each of those has let codes escape.
 *
 * <p>The port is free for the loopback addresses {@code 127.0.0.1} and {@code [::1]} (RFC 8252 section 7.3: "MUST allow
 * any port to be specified at the time of the request"), and for the name {@code localhost} only where the client is a
 * native app, since that name need not be the loopback address everywhere.
 */
final class RedirectUris {

    private static final Pattern LOOPBACK =
            Pattern.compile("(http://(127\\.0\\.0\\.1|\\[::1]|localhost))(?::([0-9]{1,5}))?([/?].*)?", Pattern.DOTALL);

    private static final int HIGHEST_PORT = 65_535;

    private RedirectUris() {}

    static boolean anyMatches(List<String> registered, String presented, ClientKind kind) {
        if (registered.contains(presented)) {
            return true;
        }
        // Only a loopback address can match in another way; all others are decided.
        if (!presented.startsWith("http://")) {
            return false;
        }
        Matcher there = LOOPBACK.matcher(presented);
        if (!there.matches() || !freePort(there, kind) || !portInRange(there)) {
            return false;
        }
        for (String one : registered) {
            Matcher here = LOOPBACK.matcher(one);
            if (here.matches()
                    && here.group(1).equals(there.group(1))
                    && rest(here).equals(rest(there))) {
                return true;
            }
        }
        return false;
    }

    private static boolean freePort(Matcher uri, ClientKind kind) {
        return kind == ClientKind.NATIVE || !uri.group(2).equals("localhost");
    }

    private static boolean portInRange(Matcher uri) {
        String port = uri.group(3);
        return port == null || Integer.parseInt(port) <= HIGHEST_PORT;
    }

    private static String rest(Matcher uri) {
        String rest = uri.group(4);
        return rest == null ? "" : rest;
    }
}
