package dev.signet.verifier.boot;

import dev.signet.verifier.ClientCredentials;
import dev.signet.verifier.HttpReports;
import dev.signet.verifier.ReportTransport;
import dev.signet.verifier.SignatureAlgorithm;
import dev.signet.verifier.TokenVerifier;
import dev.signet.verifier.TokenVerifierBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ConditionalOnDefaultWebSecurity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Sets the verifier up from {@link SignetVerifierProperties}, and guards every path where there is no filter chain yet. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web"
                    + ".OAuth2ResourceServerWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@ConditionalOnProperty("signet.verifier.issuer")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(SignetVerifierProperties.class)
final class SignetVerifierAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    TokenVerifier signetTokenVerifier(
            SignetVerifierProperties properties,
            ObjectProvider<Clock> clocks,
            ObjectProvider<ReportTransport> transports,
            ObjectProvider<TokenVerifierCustomizer> customizers) {
        if (properties.audience().isEmpty() || properties.audience().contains("")) {
            throw new IllegalStateException(
                    "Set signet.verifier.audience to the name by which tokens for this API call it. "
                            + "Without one, tokens for any API would be accepted.");
        }
        Clock clock = clocks.getIfUnique(Clock::systemUTC);
        TokenVerifierBuilder builder = TokenVerifier.forIssuer(issuer(properties))
                .audience(properties.audience().toArray(String[]::new))
                .clock(clock)
                .skew(properties.skew())
                .status(properties.status())
                .offline(properties.offline())
                .push(properties.push())
                .patience(properties.patience())
                .timeout(properties.timeout())
                .knownTokens(properties.knownTokens())
                .proofs(properties.dpop().proofAge(), properties.dpop().rememberedProofs());
        restrictAlgorithms(builder, properties);
        if (properties.acceptPlainJwtType()) {
            builder.acceptPlainJwtType();
        }
        if (properties.reachedAt() != null) {
            builder.reachedAt(properties.reachedAt());
        }
        if (properties.allowPlainHttp()) {
            builder.allowPlainHttp();
        }
        if (properties.resourceMetadata() != null) {
            builder.resourceMetadata(properties.resourceMetadata());
        }
        if (properties.dpop().required()) {
            builder.requireDpop();
        }
        if (properties.reports().enabled()) {
            builder.reports(
                    transports.getIfAvailable(() -> toTheIssuer(properties, clock)),
                    properties.reports().interval());
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static void restrictAlgorithms(TokenVerifierBuilder builder, SignetVerifierProperties properties) {
        SignatureAlgorithm[] wanted = properties.algorithms().toArray(SignatureAlgorithm[]::new);
        if (wanted.length > 0) {
            builder.algorithms(wanted[0], wanted);
        }
    }

    private static ReportTransport toTheIssuer(SignetVerifierProperties properties, Clock clock) {
        URI reachedAt = properties.reachedAt();
        String server = reachedAt == null ? issuer(properties) : reachedAt.toString();
        String base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        SignetVerifierProperties.Reports reports = properties.reports();
        URI tokenEndpoint = reports.tokenEndpoint();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(properties.timeout()).build();
        return new HttpReports(
                client,
                URI.create(base + "/reports"),
                new ClientCredentials(
                        client,
                        tokenEndpoint == null ? URI.create(base + "/oauth2/token") : tokenEndpoint,
                        reports.clientId(),
                        reports.clientSecret(),
                        reports.scope(),
                        clock));
    }

    private static String issuer(SignetVerifierProperties properties) {
        return Objects.requireNonNull(properties.issuer());
    }

    @Bean
    @ConditionalOnMissingBean
    SignetResourceServer signetResourceServer(TokenVerifier verifier, SignetVerifierProperties properties) {
        return new SignetResourceServer(verifier, new ApiRequests(properties.baseUrl()));
    }

    @Bean
    @ConditionalOnMissingBean(JwtDecoder.class)
    JwtDecoder signetJwtDecoder(TokenVerifier verifier) {
        return new SignetJwtDecoder(verifier);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnDefaultWebSecurity
    static final class EveryPath {

        @Bean
        SecurityFilterChain signetSecurityFilterChain(HttpSecurity http, SignetResourceServer signet) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .oauth2ResourceServer(signet::guard)
                    .build();
        }
    }
}
