package dev.signet.protocol;

import dev.signet.clients.Client;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.MachineTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.stereotype.Component;

/** The client credentials grant (RFC 6749 section 4.4), for confidential clients alone. */
@Component
class ClientCredentialsGrant implements AuthenticationProvider {

    /** Scopes that speak of a person; there is none here. */
    private static final Set<String> OF_PEOPLE =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    private final MachineTokens tokens;
    private final Clock clock;

    ClientCredentialsGrant(MachineTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        OAuth2ClientCredentialsAuthenticationToken grant = (OAuth2ClientCredentialsAuthenticationToken) authentication;
        Client client = AuthenticatedClient.current();
        if (!client.allowsGrant("client_credentials") || client.isPublic()) {
            throw new Refused(Reason.GRANT_NOT_ALLOWED);
        }
        return TokenEndpoint.granted(
                (Authentication) grant.getPrincipal(),
                tokens.issue(
                        client,
                        scope(client, grant.getScopes()),
                        TokenEndpoint.resources(grant.getAdditionalParameters())),
                Instant.now(clock));
    }

    private static Set<String> scope(Client client, Set<String> requested) {
        Set<String> allowed = new LinkedHashSet<>(client.scopes());
        allowed.removeAll(OF_PEOPLE);
        if (requested.isEmpty()) {
            return allowed;
        }
        if (!allowed.containsAll(requested)) {
            throw new Refused(Reason.SCOPE_NOT_ALLOWED, String.join(" ", requested));
        }
        return requested;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientCredentialsAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
