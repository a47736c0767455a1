package com.example.sample;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.client.web.client.RequestAttributeClientRegistrationIdResolver;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls the API over HTTP with the access token of the person who is signed in. */
@Component
class OrdersClient {

    private final RestClient api;

    OrdersClient(OAuth2AuthorizedClientManager authorizedClientManager, SampleProperties properties) {
        OAuth2ClientHttpRequestInterceptor bearer = new OAuth2ClientHttpRequestInterceptor(authorizedClientManager);
        bearer.setClientRegistrationIdResolver(new RequestAttributeClientRegistrationIdResolver());
        this.api = RestClient.builder()
                .baseUrl(properties.baseUrl())
                .requestInterceptor(bearer)
                .build();
    }

    OrdersApi.Orders orders() {
        return api.get()
                .uri("/api/orders")
                .attributes(RequestAttributeClientRegistrationIdResolver.clientRegistrationId(
                        ClientConfiguration.REGISTRATION))
                .retrieve()
                .body(OrdersApi.Orders.class);
    }
}
