package dev.signet.clients;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides within which sector a client shares the names of people (OpenID Connect Core section 8.1): the host of its
 * redirect URIs, or where these have several or none of its own, the one it was registered with.
 */
final class Sectors {

    static final String TYPE = "subject_type";
    static final String SECTOR = "sector_identifier";

    private static final String PAIRWISE = "pairwise";
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Sectors() {}

    /** The sector of a client with pairwise subjects; null for one that knows people by their one public name. */
    static @Nullable String read(MetadataReader reader, List<String> redirectUris) {
        boolean pairwise =
                reader.oneOf(TYPE, List.of("public", PAIRWISE), "public").equals(PAIRWISE);
        String named = reader.text(SECTOR);
        if (!pairwise) {
            if (named != null) {
                reader.problem(SECTOR, "is of no use without subject_type pairwise", "remove it");
            }
            return null;
        }
        if (named != null) {
            if (!HOST.matcher(named).matches()) {
                reader.problem(SECTOR, "is not a host name: " + named, "write it like example.com, in lower case");
            }
            return named;
        }
        Set<String> hosts = hosts(redirectUris);
        if (hosts.size() != 1) {
            reader.problem(
                    TYPE,
                    "is pairwise, but the redirect URIs have " + (hosts.isEmpty() ? "no host" : "several hosts"),
                    SECTOR + ": the host name that the client's addresses have in common");
            return null;
        }
        return hosts.iterator().next();
    }

    /** A loopback address belongs to everybody, a scheme of an app has no host. */
    private static Set<String> hosts(List<String> redirectUris) {
        Set<String> hosts = new TreeSet<>();
        for (String uri : redirectUris) {
            try {
                String host = URI.create(uri).getHost();
                if (host != null && !LOOPBACK.contains(host)) {
                    hosts.add(host);
                }
            } catch (IllegalArgumentException e) {
                // Reported where redirect URIs are checked.
            }
        }
        return hosts;
    }
}
