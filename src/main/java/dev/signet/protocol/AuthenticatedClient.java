package dev.signet.protocol;

import dev.signet.clients.Client;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * A client that has proved who it is at one of the endpoints it calls itself.
 *
 * <p>The engine's types want its own {@code RegisteredClient}; ours carries the id alone, and all rules are read from
 * {@link Client}.
 */
final class AuthenticatedClient extends OAuth2ClientAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Client client;

    AuthenticatedClient(Client client, ClientAuthenticationMethod method) {
        super(idAlone(client), method, null);
        this.client = client;
    }

    Client client() {
        return client;
    }

    /** The client of the request being answered; the chain's first filter has seen to it that there is one. */
    static Client current() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof AuthenticatedClient authenticated) {
            return authenticated.client();
        }
        throw new IllegalStateException("no client authentication in front of this endpoint");
    }

    private static RegisteredClient idAlone(Client client) {
        return RegisteredClient.withId(client.clientId())
                .clientId(client.clientId())
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .build();
    }
}
