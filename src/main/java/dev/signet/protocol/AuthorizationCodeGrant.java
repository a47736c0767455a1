package dev.signet.protocol;

import dev.signet.clients.Client;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.AuthorizationCodes;
import java.time.Clock;
import java.time.Instant;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.stereotype.Component;

/** The authorization code grant (RFC 6749 section 4.1.3, with PKCE: RFC 7636 section 4.5). */
@Component
class AuthorizationCodeGrant implements AuthenticationProvider {

    private final AuthorizationCodes codes;
    private final Clock clock;

    AuthorizationCodeGrant(AuthorizationCodes codes, Clock clock) {
        this.codes = codes;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        OAuth2AuthorizationCodeAuthenticationToken grant = (OAuth2AuthorizationCodeAuthenticationToken) authentication;
        Client client = AuthenticatedClient.current();
        if (!client.allowsGrant("authorization_code")) {
            throw new Refused(Reason.GRANT_NOT_ALLOWED);
        }
        Object verifier = grant.getAdditionalParameters().get("code_verifier");
        return TokenEndpoint.granted(
                (Authentication) grant.getPrincipal(),
                codes.redeem(
                        client,
                        grant.getCode(),
                        grant.getRedirectUri(),
                        (String) verifier,
                        TokenEndpoint.resources(grant.getAdditionalParameters())),
                Instant.now(clock));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2AuthorizationCodeAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
