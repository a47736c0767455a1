package dev.signet.protocol;

import dev.signet.audit.RequestTrace;
import dev.signet.clients.Client;
import dev.signet.clients.ClientAuthMethod;
import dev.signet.clients.ClientSecrets;
import dev.signet.clients.Clients;
import dev.signet.crypto.SecretValue;
import dev.signet.protection.SignInGuard;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.OAuth2ClientAuthenticationFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Clients prove who they are (RFC 6749 section 2.3, OpenID Connect Core section 9): by secret in the Authorization header
 * or in the body, or not at all where they are public ({@code none}). In one way only: whoever sends two is refused.
 *
 * <p>Sits in front of every endpoint that clients call themselves; nothing passes it unnamed.
 */
@Component
class ClientAuthentication {

    private static final String BASIC = "Basic ";

    private final Clients clients;
    private final ClientSecrets secrets;
    private final SignInGuard guard;
    private final OAuthErrors errors;

    ClientAuthentication(Clients clients, ClientSecrets secrets, SignInGuard guard, OAuthErrors errors) {
        this.clients = clients;
        this.secrets = secrets;
        this.guard = guard;
        this.errors = errors;
    }

    /** The engine's filter, with our reading of credentials and our check of them. */
    Filter filter() {
        OAuth2ClientAuthenticationFilter filter =
                new OAuth2ClientAuthenticationFilter(this::authenticate, AnyRequestMatcher.INSTANCE);
        filter.setAuthenticationConverter(ClientAuthentication::read);
        filter.setAuthenticationFailureHandler(errors);
        return filter;
    }

    /** The client a request names, whether or not it proved it; for the audit trail. */
    static @Nullable String presentedId(HttpServletRequest request) {
        try {
            return (String) read(request).getPrincipal();
        } catch (Refused unreadable) {
            return null;
        }
    }

    private static OAuth2ClientAuthenticationToken read(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        String clientId = request.getParameter("client_id");
        String secret = request.getParameter("client_secret");
        if (request.getParameter("client_assertion") != null) {
            throw new Refused(Reason.CLIENT_METHOD_NOT_ALLOWED, "client_assertion");
        }
        if (header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            if (secret != null) {
                throw new Refused(Reason.CLIENT_METHODS_MIXED);
            }
            return basic(header.substring(BASIC.length()).trim(), clientId);
        }
        if (header != null) {
            throw new Refused(Reason.CLIENT_METHOD_NOT_ALLOWED, "Authorization header of another scheme");
        }
        if (clientId == null || clientId.isEmpty()) {
            throw new Refused(Reason.CLIENT_NOT_AUTHENTICATED, "no credentials");
        }
        if (secret != null && !secret.isEmpty()) {
            return token(clientId, ClientAuthenticationMethod.CLIENT_SECRET_POST, secret);
        }
        return token(clientId, ClientAuthenticationMethod.NONE, null);
    }

    /** RFC 6749 section 2.3.1: id and secret are form-encoded before they are put into the header. */
    private static OAuth2ClientAuthenticationToken basic(String encoded, @Nullable String clientIdInBody) {
        String id;
        String secret;
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 1) {
                throw new Refused(Reason.CLIENT_CREDENTIALS_MALFORMED);
            }
            id = URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8);
            secret = URLDecoder.decode(pair.substring(colon + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new Refused(Reason.CLIENT_CREDENTIALS_MALFORMED, malformed.getMessage());
        }
        if (clientIdInBody != null && !clientIdInBody.equals(id)) {
            throw new Refused(Reason.CLIENT_METHODS_MIXED, "client_id differs from the header");
        }
        return token(id, ClientAuthenticationMethod.CLIENT_SECRET_BASIC, secret);
    }

    private static OAuth2ClientAuthenticationToken token(
            String clientId, ClientAuthenticationMethod method, @Nullable String secret) {
        if (!clientId.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
            throw new Refused(Reason.CLIENT_NOT_AUTHENTICATED, "client_id with characters no client has");
        }
        return new OAuth2ClientAuthenticationToken(clientId, method, secret, Map.of());
    }

    private Authentication authenticate(Authentication presented) {
        OAuth2ClientAuthenticationToken token = (OAuth2ClientAuthenticationToken) presented;
        Optional<Client> client = clients.byClientId((String) token.getPrincipal());
        ClientAuthenticationMethod method = token.getClientAuthenticationMethod();
        boolean proved = method.equals(ClientAuthenticationMethod.NONE)
                ? client.filter(Client::isPublic).isPresent()
                : secrets.matches(client, new SecretValue(String.valueOf(token.getCredentials())), this::admitSlowCheck)
                        && client.filter(ClientAuthentication::usesSecret).isPresent();
        if (!proved) {
            throw new Refused(Reason.CLIENT_NOT_AUTHENTICATED, method.getValue());
        }
        return new AuthenticatedClient(client.orElseThrow(), method);
    }

    /** A flood of wrong secrets must not keep the cores from checking people's passwords. */
    private void admitSlowCheck() {
        if (!guard.admitSecretCheck(RequestTrace.current().address()).admitted()) {
            throw new Refused(Reason.TOO_MANY_REQUESTS, "wrong client secrets from one address");
        }
    }

    /** A client with a secret may send it by header and in the body alike, as libraries do. */
    private static boolean usesSecret(Client client) {
        return client.allowsAuthMethod(ClientAuthMethod.CLIENT_SECRET_BASIC)
                || client.allowsAuthMethod(ClientAuthMethod.CLIENT_SECRET_POST);
    }
}
