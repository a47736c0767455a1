package dev.signet.protocol;

import dev.signet.clients.Clients;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.site.Issuer;
import jakarta.servlet.Filter;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may call what: every address of the server stands in one of these chains, and a request passes just the filters
 * of its chain, in the order written here. What no chain names is not there.
 *
 * <p>There is no servlet session and no security context that outlives a request; each endpoint asks for what it needs: a
 * client's credentials, an access token, or the browser's session cookie.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

    /** For clients, authenticated: token, revocation, and (not for scripts) introspection. */
    @Bean
    @Order(1)
    SecurityFilterChain tokensChain(
            ClientAuthentication clientAuthentication, TokenEndpoint endpoint, OAuthErrors errors, Clients clients) {
        return chain(
                at(TokenEndpoint.PATH),
                scripts(clients, "POST"),
                new FormRequestFilter(errors),
                clientAuthentication.filter(),
                endpoint.filter());
    }

    @Bean
    @Order(2)
    SecurityFilterChain revocationChain(
            ClientAuthentication clientAuthentication,
            RevocationEndpoint endpoint,
            OAuthErrors errors,
            Clients clients) {
        return chain(
                at(RevocationEndpoint.PATH),
                scripts(clients, "POST"),
                new FormRequestFilter(errors),
                clientAuthentication.filter(),
                endpoint.filter());
    }

    @Bean
    @Order(3)
    SecurityFilterChain introspectionChain(
            ClientAuthentication clientAuthentication, IntrospectionEndpoint endpoint, OAuthErrors errors) {
        return chain(
                at(IntrospectionEndpoint.PATH),
                new FormRequestFilter(errors),
                clientAuthentication.filter(),
                endpoint.filter());
    }

    /** For whoever holds an access token; {@link UserInfoEndpoint} checks it. */
    @Bean
    @Order(4)
    SecurityFilterChain userInfoChain(Clients clients) {
        return chain(at(UserInfoEndpoint.PATH), scripts(clients, "GET, POST"));
    }

    /** For everybody, scripts of any site included: what this server is, its keys, what it revoked. */
    @Bean
    @Order(5)
    SecurityFilterChain metadataChain() {
        return chain(
                at(
                        JwkSetEndpoint.PATH,
                        "/.well-known/openid-configuration",
                        "/.well-known/oauth-authorization-server",
                        StatusListEndpoint.PATH,
                        StatusListEndpoint.PATH + "/*"),
                CrossOriginFilter.forAll("GET"));
    }

    /** For everybody's browser: where apps send people. */
    @Bean
    @Order(6)
    SecurityFilterChain authorizationChain(AuthorizationEndpoint endpoint, Issuer issuer) {
        return chain(at(AuthorizationEndpoint.PATH), new SameOriginFilter(issuer), endpoint.filter());
    }

    /** For everybody's browser: the pages; each looks at the flow or session it serves. */
    @Bean
    @Order(7)
    SecurityFilterChain pagesChain(Issuer issuer) {
        return chain(
                at(
                        "/",
                        "/login",
                        "/login/*",
                        "/oauth2/consent",
                        EndSessionEndpoint.PATH,
                        "/account",
                        "/setup",
                        "/errors/*",
                        "/error"),
                new SameOriginFilter(issuer));
    }

    /** For everybody: style sheets, scripts and images of the pages. */
    @Bean
    @Order(8)
    SecurityFilterChain assetsChain() {
        return chain(at("/theme/**", "/favicon.ico"));
    }

    /** For whoever reaches the management port, which listens on loopback unless the operator says otherwise. */
    @Bean
    @Order(9)
    SecurityFilterChain managementChain() {
        return chain(at("/actuator/**"));
    }

    /** Deny by default. */
    @Bean
    @Order(10)
    SecurityFilterChain everythingElseChain() {
        return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, (request, response, chain) -> {
            throw new Refused(Reason.NOT_FOUND);
        });
    }

    private static Filter scripts(Clients clients, String methods) {
        return CrossOriginFilter.forOrigins(origin -> clients.corsOrigins().contains(origin), methods);
    }

    private static SecurityFilterChain chain(RequestMatcher addresses, Filter... filters) {
        return new DefaultSecurityFilterChain(addresses, filters);
    }

    private static RequestMatcher at(String... patterns) {
        PathPatternRequestMatcher.Builder builder = PathPatternRequestMatcher.withDefaults();
        List<RequestMatcher> matchers =
                Arrays.stream(patterns).<RequestMatcher>map(builder::matcher).toList();
        return matchers.size() == 1 ? matchers.getFirst() : new OrRequestMatcher(matchers);
    }
}
