package com.example.sample;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Two ways in: the API by bearer token, without a session; the pages by sign-in at the provider, with one. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http) {
        http.securityMatcher("/api/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_api:read"))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Browsers send no bearer token by themselves, so a foreign page cannot ride on one.
                .csrf(csrf -> csrf.disable())
                .oauth2ResourceServer(server -> server.jwt(jwt -> {}));
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http, ClientRegistrationRepository registrations, SampleProperties properties) {
        http.authorizeHttpRequests(requests -> requests.requestMatchers("/", "/sample.css", "/sample.svg", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2Login(login ->
                        login.loginPage("/").defaultSuccessUrl("/", true).failureHandler(backToTheFirstPage()))
                .logout(logout -> logout.logoutSuccessHandler(signOutAtTheProviderToo(registrations, properties)))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy(properties)))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
        return http.build();
    }

    /** Signing out is a form whose answer leads to the provider and back: browsers hold both against form-action. */
    private static String policy(SampleProperties properties) {
        return "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
                + "form-action 'self' " + properties.issuerOrigin();
    }

    /** Only the error's code travels in the address; the page has its own words for it. */
    private static AuthenticationFailureHandler backToTheFirstPage() {
        return (request, response, exception) -> {
            boolean cancelled = exception instanceof OAuth2AuthenticationException oauth
                    && "access_denied".equals(oauth.getError().getErrorCode());
            response.sendRedirect(cancelled ? "/?problem=cancelled" : "/?problem=failed");
        };
    }

    private static OidcClientInitiatedLogoutSuccessHandler signOutAtTheProviderToo(
            ClientRegistrationRepository registrations, SampleProperties properties) {
        OidcClientInitiatedLogoutSuccessHandler handler = new OidcClientInitiatedLogoutSuccessHandler(registrations);
        handler.setPostLogoutRedirectUri(properties.baseUrl() + "/");
        return handler;
    }

    /** Takes access tokens as RFC 9068 describes them: {@code typ: at+jwt}, of our provider, meant for this API. */
    @Bean
    JwtDecoder accessTokens(SampleProperties properties) {
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(properties.issuer())
                    .validateType(false)
                    .build();
            decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                    .issuer(properties.issuer())
                    .audience(properties.apiAudience())
                    .build());
            return decoder;
        });
    }
}
