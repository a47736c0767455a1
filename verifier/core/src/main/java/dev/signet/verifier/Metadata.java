package dev.signet.verifier;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer says about itself (RFC 8414, OpenID Connect Discovery).
 *
 * @param keys where its JWK set is
 * @param statusLists where it names its status lists, if it does
 */
record Metadata(String keys, @Nullable String statusLists) {

    private static final int LIMIT = 256 * 1024;

    /** Fetches it from where OpenID Connect puts it, else from where RFC 8414 section 3.1 does. */
    static Metadata fetch(IssuerHttp http, String issuer) throws IOException, InterruptedException {
        String base = withoutSlash(issuer);
        try {
            return read(http, issuer, base + "/.well-known/openid-configuration");
        } catch (IssuerHttp.UnexpectedStatus e) {
            if (e.status != 404) {
                throw e;
            }
            return read(http, issuer, rfc8414(base));
        }
    }

    static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** The well-known part stands between host and path. */
    private static String rfc8414(String base) {
        String path = URI.create(base).getRawPath();
        String origin = base.substring(0, base.length() - path.length());
        return origin + "/.well-known/oauth-authorization-server" + path;
    }

    private static Metadata read(IssuerHttp http, String issuer, String address)
            throws IOException, InterruptedException {
        IssuerHttp.Answer answer = http.get(address, "application/json", null, false, LIMIT);
        try {
            Map<String, Object> document = JSONObjectUtils.parse(new String(answer.body(), StandardCharsets.UTF_8));
            // RFC 8414 section 3.3: the issuer value returned MUST be identical, or the document is somebody else's.
            if (!issuer.equals(document.get("issuer"))) {
                throw new IOException(address + " describes another issuer");
            }
            if (!(document.get("jwks_uri") instanceof String keys)) {
                throw new IOException(address + " names no jwks_uri");
            }
            return new Metadata(
                    keys, document.get("status_list_aggregation_endpoint") instanceof String lists ? lists : null);
        } catch (ParseException e) {
            throw new IOException(address + " is not a JSON object", e);
        }
    }
}
