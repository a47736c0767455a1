package dev.signet.verifier;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an HTTP request bears on its access token.
 *
 * @param authorization the values of the {@code Authorization} header, as received; there should be one
 * @param proofs the values of the {@code DPoP} header, as received
 * @param method the HTTP method, such as {@code GET}
 * @param url the URL as the client knows it. Behind a proxy that is not the one the server sees; and it must not be taken
 *     from the {@code Host} header, or proofs made for another API would fit (RFC 9449 section 11.1)
 * @param certificate the client certificate of the connection, where there is one (RFC 8705)
 * @param address where the request came from, for reports; empty when unknown
 */
public record ApiRequest(
        List<String> authorization,
        List<String> proofs,
        String method,
        @Nullable URI url,
        @Nullable X509Certificate certificate,
        String address) {

    public ApiRequest {
        authorization = List.copyOf(authorization);
        proofs = List.copyOf(proofs);
    }

    /** A request with a bearer token and nothing else that matters. */
    public static ApiRequest bearer(String token) {
        return new ApiRequest(List.of("Bearer " + token), List.of(), "", null, null, "");
    }

    /** A request with a token bound to a key, and the proof that the client holds the key (RFC 9449 section 7). */
    public static ApiRequest dpop(String token, String proof, String method, URI url) {
        return new ApiRequest(List.of("DPoP " + token), List.of(proof), method, url, null, "");
    }

    /** The same request, from this address. */
    public ApiRequest from(String clientAddress) {
        return new ApiRequest(authorization, proofs, method, url, certificate, clientAddress);
    }

    /** The same request, over a connection with this client certificate. */
    public ApiRequest over(X509Certificate clientCertificate) {
        return new ApiRequest(authorization, proofs, method, url, clientCertificate, address);
    }
}
