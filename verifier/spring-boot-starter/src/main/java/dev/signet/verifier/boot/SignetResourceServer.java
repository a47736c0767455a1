package dev.signet.verifier.boot;

import dev.signet.verifier.ApiRequest;
import dev.signet.verifier.TokenVerifier;
import dev.signet.verifier.Verification.Refused;
import dev.signet.verifier.Verification.Verified;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.core.Authentication;

/**
 * Lets the verifier check the access tokens of a filter chain, bearer tokens and those bound to a key alike:
 *
 * <pre>{@code
 * @Bean
 * SecurityFilterChain api(HttpSecurity http, SignetResourceServer signet) {
 *     return http.authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_orders:read"))
 *             .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
 *             .oauth2ResourceServer(signet::guard)
 *             .build();
 * }
 * }</pre>
 *
 * <p>It is not a {@code Customizer} by type: Spring Security applies beans of that type to every chain, also to those that
 * take no tokens.
 */
public final class SignetResourceServer {

    private static final Logger LOG = LoggerFactory.getLogger(SignetResourceServer.class);

    private final TokenVerifier verifier;
    private final ApiRequests requests;
    private final Refusals refusals;

    SignetResourceServer(TokenVerifier verifier, ApiRequests requests) {
        this.verifier = verifier;
        this.requests = requests;
        this.refusals = new Refusals(verifier, requests);
    }

    /** Makes a chain take access tokens, and answer with the challenges of RFC 6750 and RFC 9449. */
    public void guard(OAuth2ResourceServerConfigurer<HttpSecurity> server) {
        AuthenticationManager manager = this::authenticate;
        server.authenticationConverter(requests)
                .authenticationManagerResolver(request -> manager)
                .authenticationEntryPoint(refusals)
                .accessDeniedHandler(refusals);
    }

    private Authentication authenticate(Authentication authentication) {
        ApiRequest request = ((PresentedToken) authentication).request();
        switch (verifier.verify(request, List.of())) {
            case Verified verified -> {
                String header = request.authorization().get(0);
                SignetAuthentication result =
                        new SignetAuthentication(header.substring(header.indexOf(' ') + 1), verified);
                result.setDetails(authentication.getDetails());
                return result;
            }
            case Refused refused -> {
                LOG.debug("Access token refused: {} {}", refused.reason(), refused.detail());
                throw new AccessTokenRefused(refused);
            }
        }
    }
}
