package dev.signet.protocol;

import dev.signet.clients.Client;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.RefreshTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/** The refresh token grant (RFC 6749 section 6). */
@Component
class RefreshTokenGrant implements AuthenticationProvider {

    private final RefreshTokens refreshTokens;
    private final Clock clock;

    RefreshTokenGrant(RefreshTokens refreshTokens, Clock clock) {
        this.refreshTokens = refreshTokens;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        OAuth2RefreshTokenAuthenticationToken grant = (OAuth2RefreshTokenAuthenticationToken) authentication;
        Client client = AuthenticatedClient.current();
        if (!client.allowsGrant("refresh_token")) {
            throw new Refused(Reason.GRANT_NOT_ALLOWED);
        }
        Set<String> narrower = grant.getScopes().isEmpty() ? null : grant.getScopes();
        return TokenEndpoint.granted(
                (Authentication) grant.getPrincipal(),
                refreshTokens.refresh(
                        client,
                        grant.getRefreshToken(),
                        narrower,
                        TokenEndpoint.resources(grant.getAdditionalParameters())),
                Instant.now(clock));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2RefreshTokenAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
