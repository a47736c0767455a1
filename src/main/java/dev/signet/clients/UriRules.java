package dev.signet.clients;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What addresses a client may register.
 *
 * <p>A redirect URI is where codes go: it is written out in full (RFC 9700 section 2.1), encrypted on the way unless it
 * never leaves the machine (RFC 8252 section 8.3), and says the same to every parser that reads it.
 */
final class UriRules {

    private static final int LONGEST = 2_000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** RFC 8252 section 7.1: a private-use scheme is a domain name turned around, so it has a dot. */
    private static final Pattern PRIVATE_USE_SCHEME = Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

    private static final Pattern ORIGIN = Pattern.compile("(https?)://(\\[[0-9a-f:]+]|[a-z0-9.-]+)(:[1-9][0-9]{0,4})?");
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]+");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");

    private UriRules() {}

    static void refusalOfRedirect(MetadataReader reader, String field, String text, ClientKind kind) {
        URI uri = wellFormed(reader, field, text);
        if (uri == null) {
            return;
        }
        String scheme = String.valueOf(uri.getScheme());
        if (text.indexOf('*') >= 0) {
            reader.problem(field, "has a wildcard: " + text, "name each address in full");
        } else if (text.indexOf('#') >= 0) {
            reader.problem(field, "has a fragment: " + text, "leave out everything from the # on");
        } else if (scheme.equals("https") || scheme.equals("http")) {
            refusalOfWebAddress(reader, field, text, uri);
        } else if (!PRIVATE_USE_SCHEME.matcher(scheme).matches()) {
            reader.problem(
                    field,
                    "has a scheme that is not allowed: " + text,
                    "use https, http on a loopback address, or for kind native a scheme such as com.example.app");
        } else if (kind != ClientKind.NATIVE) {
            reader.problem(
                    field, "has a scheme that only a native app can receive: " + text, "use kind native or https");
        }
    }

    private static void refusalOfWebAddress(MetadataReader reader, String field, String text, URI uri) {
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null) {
            reader.problem(field, "has no plain host name: " + text, "write https://host/path, without user@");
        } else if (!host.equals(host.toLowerCase(Locale.ROOT))) {
            reader.problem(field, "has capitals in its host name: " + text, "write the host name in lower case");
        } else if (uri.getScheme().equals("http") && !LOOPBACK.contains(host)) {
            reader.problem(
                    field, "is not encrypted: " + text, "use https; http is for localhost, 127.0.0.1 and [::1] only");
        } else if (uri.getPort() > 65_535 || uri.getPort() == 0) {
            reader.problem(field, "has a port that does not exist: " + text, "choose 1 to 65535");
        } else if (DOT_SEGMENT.matcher(uri.getRawPath()).find()) {
            reader.problem(field, "goes up or stays in its path: " + text, "write the path without . and .. segments");
        }
    }

    static void refusalOfOrigin(MetadataReader reader, String field, String origin) {
        boolean serialised = ORIGIN.matcher(origin).matches();
        URI uri = serialised ? wellFormed(reader, field, origin) : null;
        if (!serialised) {
            reader.problem(
                    field,
                    "is not an origin as browsers write it: " + origin,
                    "write scheme, host in lower case and port only, such as https://app.example.com");
        } else if (uri != null && uri.getScheme().equals("http") && !LOOPBACK.contains(String.valueOf(uri.getHost()))) {
            reader.problem(
                    field, "is not encrypted: " + origin, "use https; http is for localhost, 127.0.0.1 and [::1] only");
        } else if (origin.matches("https://.*:443|http://.*:80")) {
            reader.problem(field, "names the port that its scheme has anyway: " + origin, "leave out the port");
        }
    }

    static void refusalOfPage(MetadataReader reader, String field, String text) {
        URI uri = wellFormed(reader, field, text);
        if (uri == null) {
            return;
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            reader.problem(field, "is not a web address: " + text, "write https://host/path");
        } else {
            refusalOfWebAddress(reader, field, text, uri);
        }
    }

    private static @Nullable URI wellFormed(MetadataReader reader, String field, String text) {
        if (text.length() > LONGEST || !VISIBLE_ASCII.matcher(text).matches()) {
            reader.problem(field, "is too long or has unusual characters", "use up to 2000 visible ASCII characters");
            return null;
        }
        try {
            // A wildcard in the host is no well-formed address; it deserves its own words.
            URI uri = new URI(text.replace('*', 'x'));
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below: where the parser stumbled helps nobody.
        }
        reader.problem(
                field, "is not an absolute URI: " + text, "write it in full, such as https://app.example/callback");
        return null;
    }
}
