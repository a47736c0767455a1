package dev.signet;

import dev.signet.commands.Commands;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.autoconfigure.metrics.DataRepositoryMetricsAutoConfiguration;
import org.springframework.boot.data.autoconfigure.web.DataWebAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.SslHealthContributorAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.ssl.SslMetricsAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.modulith.Modulithic;

/**
 * Starts Signet: one process that signs people in and issues tokens, with one PostgreSQL behind it; or, when it is called
 * with a command, runs that instead ({@link Commands}).
 */
@Modulithic(systemName = "Signet")
@SpringBootApplication(
        exclude = {
            // People, clients and chains are ours; the platform would make a default user, and chains of its own.
            UserDetailsServiceAutoConfiguration.class,
            OAuth2AuthorizationServerAutoConfiguration.class,
            OAuth2AuthorizationServerJwtAutoConfiguration.class,
            // Pages are rendered by the theme module, which has an engine of its own.
            ThymeleafAutoConfiguration.class,
            // Requests are timed by signet.operations.
            WebMvcObservationAutoConfiguration.class,
            // A proxy around every store for what its JdbcClient does already: turn SQL exceptions into Spring's.
            PersistenceExceptionTranslationAutoConfiguration.class,
            // No Spring Data repository yet; looking for some costs each start 500 classes.
            DataJdbcRepositoriesAutoConfiguration.class,
            DataRepositoryMetricsAutoConfiguration.class,
            DataWebAutoConfiguration.class,
            // No SSL bundle of Spring Boot's is in use whose age could be told.
            SslHealthContributorAutoConfiguration.class,
            SslMetricsAutoConfiguration.class
        })
@ConfigurationPropertiesScan
public class AuthorizationServerApplication {

    public static void main(String[] args) {
        OptionalInt exitCode = Commands.run(args);
        if (exitCode.isPresent()) {
            System.exit(exitCode.getAsInt());
        }
        SpringApplication.run(AuthorizationServerApplication.class, args);
    }
}
