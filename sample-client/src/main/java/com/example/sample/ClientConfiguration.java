package com.example.sample;

import java.time.Duration;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/** How this application is registered at its provider, and where it keeps what it got from there. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    static final String REGISTRATION = "signet";

    /** The provider's metadata are read at the first sign-in, so that this application starts without the provider. */
    @Bean
    ClientRegistrationRepository clientRegistrations(SampleProperties properties) {
        return new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(registration(properties)));
    }

    private static ClientRegistration registration(SampleProperties properties) {
        return ClientRegistrations.fromIssuerLocation(properties.issuer())
                .registrationId(REGISTRATION)
                .clientId(properties.clientId())
                .clientSecret(properties.clientSecret())
                .scope(properties.scopes())
                .redirectUri(properties.baseUrl() + "/login/oauth2/code/{registrationId}")
                .build();
    }

    /** Tokens belong to one session and go with it. */
    @Bean
    OAuth2AuthorizedClientRepository authorizedClients() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    /** Renews an access token that is about to expire when it is needed. */
    @Bean
    OAuth2AuthorizedClientManager authorizedClientManager(
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository clients,
            ApplicationEventPublisher events) {
        return manager(registrations, clients, refreshing(events, Duration.ofSeconds(60)));
    }

    /** Renews the tokens whenever it is asked: to every token there is less than a day left. */
    @Bean(defaultCandidate = false)
    OAuth2AuthorizedClientManager alwaysRefreshing(
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository clients,
            ApplicationEventPublisher events) {
        return manager(registrations, clients, refreshing(events, Duration.ofDays(1)));
    }

    private static RefreshTokenOAuth2AuthorizedClientProvider refreshing(
            ApplicationEventPublisher events, Duration beforeExpiry) {
        RefreshTokenOAuth2AuthorizedClientProvider provider = new RefreshTokenOAuth2AuthorizedClientProvider();
        provider.setClockSkew(beforeExpiry);
        provider.setApplicationEventPublisher(events);
        return provider;
    }

    private static OAuth2AuthorizedClientManager manager(
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository clients,
            RefreshTokenOAuth2AuthorizedClientProvider refreshing) {
        DefaultOAuth2AuthorizedClientManager manager = new DefaultOAuth2AuthorizedClientManager(registrations, clients);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .authorizationCode()
                .provider(refreshing)
                .build());
        return manager;
    }

    /** A cookie of our own name that no script reads; cookies know no port, so the common name could clash. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessionCookie(SampleProperties properties) {
        return factory -> {
            Cookie cookie = factory.getSettings().getSession().getCookie();
            cookie.setName(properties.isSecure() ? "__Host-sample_session" : "sample_session");
            cookie.setSecure(properties.isSecure());
            cookie.setHttpOnly(true);
            cookie.setSameSite(SameSite.LAX);
            cookie.setPath("/");
        };
    }
}
