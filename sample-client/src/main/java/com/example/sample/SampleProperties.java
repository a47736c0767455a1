package com.example.sample;

import java.net.URI;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What this application must know about itself and its OpenID Provider.
 *
 * @param baseUrl where browsers find this application
 * @param issuer the OpenID Provider
 * @param clientId this application's name at the provider
 * @param clientSecret its secret there
 * @param scopes what it asks for at sign-in
 * @param apiAudience what an access token for {@code /api} must name as audience
 */
@ConfigurationProperties("sample")
public record SampleProperties(
        URI baseUrl, String issuer, String clientId, String clientSecret, Set<String> scopes, String apiAudience) {

    boolean isSecure() {
        return "https".equals(baseUrl.getScheme());
    }

    /** Scheme, host and port of the provider, as a content security policy names it. */
    String issuerOrigin() {
        URI uri = URI.create(issuer);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
