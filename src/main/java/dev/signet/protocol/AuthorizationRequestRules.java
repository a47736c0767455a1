package dev.signet.protocol;

import dev.signet.clients.Client;
import dev.signet.clients.Clients;
import dev.signet.clients.Scopes;
import dev.signet.login.NamedClaims;
import dev.signet.login.RequestedScopes;
import dev.signet.login.SignInWish;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.Resources;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All rules of the authorization endpoint, in the order in which they are applied (RFC 6749 section 4.1.1, OpenID Connect
 * Core section 3.1.2.2, RFC 7636 section 4.4.1, RFC 9700 section 2).
 *
 * <p>First come the client and its redirect URI: until both are known to belong together nothing is ever redirected, and
 * the person sees a page. Whatever is wrong after that is told to the app.
 */
@Component
class AuthorizationRequestRules {

    private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern MAX_AGE = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");

    private final Clients clients;
    private final Scopes scopes;
    private final IdTokenHints hints;
    private final Resources resources;

    AuthorizationRequestRules(Clients clients, Scopes scopes, IdTokenHints hints, Resources resources) {
        this.clients = clients;
        this.scopes = scopes;
        this.hints = hints;
        this.resources = resources;
    }

    /** @throws AuthorizationRefused with the first rule that is broken */
    AuthorizationRequest check(Parameters parameters) {
        Client client = client(parameters);
        String named = parameters.value("redirect_uri");
        String redirectUri = redirectUri(parameters, client, named);
        Application app = new Application(parameters, client, address(parameters, client, redirectUri));

        app.require(parameters.repeated().isEmpty(), Reason.PARAMETER_REPEATED);
        app.require(parameters.malformed().isEmpty(), Reason.PARAMETER_MALFORMED);
        app.require(!parameters.has("request"), Reason.REQUEST_OBJECT);
        app.require(!parameters.has("request_uri"), Reason.REQUEST_URI);
        app.require(!parameters.has("registration"), Reason.REGISTRATION_PARAMETER);
        responseType(app);
        responseMode(app);
        app.require(client.allowsGrant("authorization_code"), Reason.CODE_GRANT_NOT_ALLOWED);
        List<String> audience = audience(app);
        Set<String> scope = scope(app);
        String challenge = codeChallenge(app);
        Set<String> prompts = prompts(app);
        ClaimsRequest claims = claims(app);
        SignInWish wish = new SignInWish(
                client,
                scope,
                NamedClaims.scopes(claims.named(), client),
                prompts,
                maxAge(app),
                subject(app, claims),
                claims.essentialAcrs());
        return new AuthorizationRequest(
                parameters, client, named, audience, app.address(), challenge, parameters.value("nonce"), claims, wish);
    }

    /** A request whose client and redirect URI are known; its refusals go back to the app. */
    private record Application(Parameters parameters, Client client, ReturnAddress address) {

        @Nullable
        String value(String name) {
            return parameters.value(name);
        }

        void require(boolean condition, Reason otherwise) {
            if (!condition) {
                throw refused(otherwise, null);
            }
        }

        AuthorizationRefused refused(Reason reason, @Nullable String detail) {
            return new AuthorizationRefused(reason, detail, address);
        }
    }

    private Client client(Parameters parameters) {
        String clientId = parameters.value("client_id");
        if (clientId == null) {
            throw new AuthorizationRefused(Reason.CLIENT_ID_MISSING, null, null);
        }
        return clients.byClientId(clientId)
                .orElseThrow(() -> new AuthorizationRefused(Reason.CLIENT_UNKNOWN, null, null));
    }

    /** RFC 6749 section 3.1.2.3: it may be left out where only one is registered; OpenID Connect always wants it. */
    private static String redirectUri(Parameters parameters, Client client, @Nullable String named) {
        if (named == null) {
            boolean openid = parameters.optional("scope").orElse("").contains("openid");
            if (parameters.has("redirect_uri")
                    || openid
                    || client.redirectUris().size() != 1) {
                throw new AuthorizationRefused(Reason.REDIRECT_URI_MISSING, null, null);
            }
            return client.redirectUris().getFirst();
        }
        if (!client.allowsRedirect(named)) {
            throw new AuthorizationRefused(Reason.REDIRECT_URI_UNKNOWN, named, null);
        }
        return named;
    }

    /** Where even a refusal for a strange response mode goes; a state that cannot be echoed is left out. */
    private static ReturnAddress address(Parameters parameters, Client client, String redirectUri) {
        String state = parameters.value("state");
        return new ReturnAddress(
                client.clientId(),
                redirectUri,
                mode(parameters.value("response_mode")).orElse(ResponseMode.QUERY),
                state != null && Parameters.isMalformed(state) ? null : state);
    }

    private static Optional<ResponseMode> mode(@Nullable String value) {
        if (value == null) {
            return Optional.of(ResponseMode.QUERY);
        }
        return Arrays.stream(ResponseMode.values())
                .filter(mode -> mode.value().equals(value))
                .findFirst();
    }

    private static void responseType(Application app) {
        String responseType = app.value("response_type");
        app.require(responseType != null, Reason.RESPONSE_TYPE_MISSING);
        app.require("code".equals(responseType), Reason.RESPONSE_TYPE_UNSUPPORTED);
    }

    private static void responseMode(Application app) {
        app.require(mode(app.value("response_mode")).isPresent(), Reason.RESPONSE_MODE_UNSUPPORTED);
    }

    /** RFC 8707 section 2.1. */
    private List<String> audience(Application app) {
        try {
            return resources.audience(app.client(), app.parameters().values(Parameters.RESOURCE));
        } catch (Refused refused) {
            throw app.refused(refused.reason(), refused.detail());
        }
    }

    /**
     * A scope that exists but is not the client's is refused. One that nobody knows is ignored in an OpenID Connect
     * request (Core section 3.1.2.1) and refused in any other.
     */
    private Set<String> scope(Application app) {
        String parameter = app.value("scope");
        if (parameter != null) {
            boolean openid = Arrays.asList(parameter.split(" ")).contains("openid");
            for (String scope : parameter.trim().split(" +")) {
                boolean known = scopes.find(scope).isPresent();
                if (!app.client().scopes().contains(scope) && (known || !openid)) {
                    throw app.refused(Reason.SCOPE_NOT_ALLOWED, scope);
                }
            }
        }
        Set<String> requested = ofResources(app, RequestedScopes.of(parameter, app.client()));
        app.require(!requested.isEmpty(), Reason.OPENID_SCOPE_MISSING);
        return requested;
    }

    /** People are asked only for what means something to the APIs named. */
    private Set<String> ofResources(Application app, Set<String> requested) {
        try {
            return resources.narrow(requested, app.parameters().values(Parameters.RESOURCE));
        } catch (Refused refused) {
            throw app.refused(refused.reason(), refused.detail());
        }
    }

    /** PKCE: S256 or nothing, and nothing only where the client may do without (RFC 9700 section 2.1.1). */
    private static @Nullable String codeChallenge(Application app) {
        String challenge = app.value("code_challenge");
        String method = app.value("code_challenge_method");
        if (challenge == null) {
            app.require(!app.client().pkceRequired(), Reason.CODE_CHALLENGE_MISSING);
            app.require(method == null, Reason.CODE_CHALLENGE_MISSING);
            return null;
        }
        app.require("S256".equals(method), Reason.CODE_CHALLENGE_METHOD);
        app.require(S256_CHALLENGE.matcher(challenge).matches(), Reason.CODE_CHALLENGE_MALFORMED);
        return challenge;
    }

    private static Set<String> prompts(Application app) {
        String parameter = app.value("prompt");
        if (parameter == null) {
            return Set.of();
        }
        Set<String> prompts = new LinkedHashSet<>(Arrays.asList(parameter.trim().split(" +")));
        app.require(PROMPTS.containsAll(prompts), Reason.PROMPT_MALFORMED);
        app.require(prompts.size() == 1 || !prompts.contains("none"), Reason.PROMPT_MALFORMED);
        return prompts;
    }

    private static @Nullable Duration maxAge(Application app) {
        String parameter = app.value("max_age");
        if (parameter == null) {
            return app.client().defaultMaxAge();
        }
        app.require(MAX_AGE.matcher(parameter).matches(), Reason.MAX_AGE_MALFORMED);
        return Duration.ofSeconds(Long.parseLong(parameter));
    }

    private static ClaimsRequest claims(Application app) {
        String parameter = app.value("claims");
        if (parameter == null) {
            return ClaimsRequest.NONE;
        }
        try {
            return ClaimsRequest.parse(parameter);
        } catch (IllegalArgumentException malformed) {
            throw app.refused(Reason.CLAIMS_MALFORMED, malformed.getMessage());
        }
    }

    private @Nullable String subject(Application app, ClaimsRequest claims) {
        String hint = app.value("id_token_hint");
        if (hint == null) {
            return claims.subject();
        }
        String hinted = hints.read(hint)
                .filter(found -> found.clientId().equals(app.client().clientId()))
                .orElseThrow(() -> app.refused(Reason.ID_TOKEN_HINT, null))
                .subject();
        // Nobody can be both.
        app.require(claims.subject() == null || hinted.equals(claims.subject()), Reason.OTHER_PERSON);
        return hinted;
    }
}
