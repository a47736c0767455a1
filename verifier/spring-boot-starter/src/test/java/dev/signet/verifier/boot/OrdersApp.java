package dev.signet.verifier.boot;

import dev.signet.verifier.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small API as a stranger would write it, running on a port of its own, and a client for it. */
final class OrdersApp implements AutoCloseable {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @RestController
        static class Orders {

            @GetMapping("/orders")
            Map<String, Object> read(@AuthenticationPrincipal Jwt token, SignetAuthentication who) {
                return Map.of(
                        "subject", token.getSubject(),
                        "client", token.getClaimAsString("client_id"),
                        "name", who.getName(),
                        "confirmed", who.statusConfirmed());
            }

            @PostMapping("/orders")
            String write() {
                return "written";
            }

            @GetMapping("/plain")
            String plain(@AuthenticationPrincipal Jwt token) {
                return token.getSubject() + " until " + token.getExpiresAt();
            }
        }
    }

    /** Rules of the application's own, checked by the verifier. */
    @Configuration(proxyBeanMethods = false)
    static class OwnRules {

        @Bean
        SecurityFilterChain api(HttpSecurity http, SignetResourceServer signet) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/**")
                            .permitAll()
                            .requestMatchers(HttpMethod.POST, "/orders")
                            .hasAuthority("SCOPE_orders:delete")
                            .anyRequest()
                            .hasAuthority("SCOPE_orders:read"))
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .oauth2ResourceServer(signet::guard)
                    .build();
        }
    }

    /** The chain of an application that was written for Spring's own resource server. */
    @Configuration(proxyBeanMethods = false)
    static class SpringsOwnStyle {

        @Bean
        SecurityFilterChain api(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_orders:read"))
                    .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                    .build();
        }
    }

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private OrdersApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static OrdersApp start(TestIssuer issuer, Class<?> rules, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--signet.verifier.audience=" + TestIssuer.AUDIENCE);
        return startWith(issuer, rules, all.toArray(String[]::new));
    }

    static OrdersApp startWith(TestIssuer issuer, Class<?> rules, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--management.endpoint.health.show-details=always",
                "--signet.verifier.issuer=" + issuer.issuer()));
        arguments.addAll(List.of(settings));
        return new OrdersApp(new SpringApplicationBuilder(Application.class, rules)
                .initializers(started -> started.getBeanFactory().registerSingleton("clock", (Clock) issuer.clock))
                .run(arguments.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String url(String path) {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path))).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
