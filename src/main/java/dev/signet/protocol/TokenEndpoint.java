package dev.signet.protocol;

import dev.signet.tokens.IssuedTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenEndpointFilter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2RefreshTokenAuthenticationConverter;
import org.springframework.security.web.authentication.DelegatingAuthenticationConverter;
import org.springframework.stereotype.Component;

/**
 * The token endpoint (RFC 6749 section 3.2): {@code /oauth2/token}, for clients that {@link ClientAuthentication} let
 * through. Each grant is a class of its own: {@link AuthorizationCodeGrant}, {@link RefreshTokenGrant}, {@link
 * ClientCredentialsGrant}.
 */
@Component
class TokenEndpoint {

    static final String PATH = "/oauth2/token";

    private static final String ID_TOKEN = "id_token";

    private final AuthorizationCodeGrant authorizationCode;
    private final RefreshTokenGrant refreshToken;
    private final ClientCredentialsGrant clientCredentials;
    private final OAuthErrors errors;

    TokenEndpoint(
            AuthorizationCodeGrant authorizationCode,
            RefreshTokenGrant refreshToken,
            ClientCredentialsGrant clientCredentials,
            OAuthErrors errors) {
        this.authorizationCode = authorizationCode;
        this.refreshToken = refreshToken;
        this.clientCredentials = clientCredentials;
        this.errors = errors;
    }

    /** The engine's filter and its reading of the grants, with our way of granting. */
    Filter filter() {
        ProviderManager grants = new ProviderManager(List.of(authorizationCode, refreshToken, clientCredentials));
        OAuth2TokenEndpointFilter filter = new OAuth2TokenEndpointFilter(grants, PATH);
        filter.setAuthenticationConverter(new DelegatingAuthenticationConverter(List.of(
                new OAuth2ClientCredentialsAuthenticationConverter(),
                new OAuth2RefreshTokenAuthenticationConverter(),
                new OAuth2AuthorizationCodeAuthenticationConverter())));
        filter.setAuthenticationSuccessHandler(TokenEndpoint::answer);
        filter.setAuthenticationFailureHandler(errors);
        return filter;
    }

    /** The values of {@code resource} (RFC 8707 section 2), which the engine keeps as text or texts. */
    static List<String> resources(Map<String, Object> parameters) {
        return switch (parameters.get(Parameters.RESOURCE)) {
            case String one when !one.isEmpty() -> List.of(one);
            case String[] several ->
                Arrays.stream(several).filter(one -> !one.isEmpty()).toList();
            case null, default -> List.of();
        };
    }

    /** Puts what was issued into the engine's type. */
    static Authentication granted(Authentication clientPrincipal, IssuedTokens tokens, Instant now) {
        OAuth2ClientAuthenticationToken client = (OAuth2ClientAuthenticationToken) clientPrincipal;
        OAuth2AccessToken accessToken = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                tokens.accessToken(),
                now,
                now.plus(tokens.lifetime()),
                tokens.scope());
        OAuth2RefreshToken refreshToken =
                tokens.refreshToken() == null ? null : new OAuth2RefreshToken(tokens.refreshToken(), now);
        Map<String, Object> more = tokens.idToken() == null ? Map.of() : Map.of(ID_TOKEN, tokens.idToken());
        return new OAuth2AccessTokenAuthenticationToken(
                java.util.Objects.requireNonNull(client.getRegisteredClient()),
                client,
                accessToken,
                refreshToken,
                more);
    }

    /** RFC 6749 section 5.1. */
    private static void answer(HttpServletRequest request, HttpServletResponse response, Authentication granted)
            throws IOException {
        OAuth2AccessTokenAuthenticationToken tokens = (OAuth2AccessTokenAuthenticationToken) granted;
        OAuth2AccessToken accessToken = tokens.getAccessToken();
        Map<String, Object> body = LinkedHashMap.newLinkedHashMap(6);
        body.put("access_token", accessToken.getTokenValue());
        body.put("token_type", "Bearer");
        body.put(
                "expires_in",
                java.time.Duration.between(accessToken.getIssuedAt(), accessToken.getExpiresAt())
                        .toSeconds());
        if (!accessToken.getScopes().isEmpty()) {
            body.put("scope", String.join(" ", accessToken.getScopes()));
        }
        OAuth2RefreshToken refreshToken = tokens.getRefreshToken();
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken.getTokenValue());
        }
        body.putAll(tokens.getAdditionalParameters());
        response.setHeader("Pragma", "no-cache");
        Json.write(200, body, response);
    }
}
