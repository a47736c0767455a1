package dev.signet.operations.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Starts the embedded PostgreSQL when {@code spring.datasource.url} is not set, and points the application at it.
 *
 * <p>This is decided by the environment of this start and not by a condition on beans: those may be evaluated when
 * the jar is built. It comes after all other initializers, because tests name their database in one.
 *
 * <p>The server stops after every bean is gone: the disposable bean registered first is destroyed last.
 */
final class EmbeddedDatabaseInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final String PROPERTY_SOURCE = "embeddedDatabase";
    /** The profile of a process that runs a command and no server. */
    private static final String COMMAND = "command";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (StringUtils.hasText(environment.getProperty("spring.datasource.url"))) {
            return;
        }
        Path dataDirectory = Path.of(environment.getProperty("signet.data-dir", ".signet"));
        if (environment.matchesProfiles(COMMAND)) {
            // A command beside a running server uses that one's database.
            Optional<EmbeddedPostgresql.Address> running = running(dataDirectory);
            if (running.isPresent()) {
                use(environment, running.get());
                return;
            }
        }
        EmbeddedPostgresql server = start(dataDirectory);
        // The context's own clean-up does not run when it fails before its refresh; this one does, at the JVM's end.
        SpringApplication.getShutdownHandlers().add(server::stop);
        ((DefaultSingletonBeanRegistry) context.getBeanFactory())
                .registerDisposableBean(PROPERTY_SOURCE, (DisposableBean) server::stop);
        use(environment, server.address());
    }

    private static void use(ConfigurableEnvironment environment, EmbeddedPostgresql.Address address) {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        PROPERTY_SOURCE,
                        Map.of(
                                "spring.datasource.url",
                                address.url(),
                                "spring.datasource.username",
                                EmbeddedPostgresql.ROLE,
                                "spring.datasource.password",
                                address.password())));
    }

    private static Optional<EmbeddedPostgresql.Address> running(Path dataDirectory) {
        try {
            return EmbeddedPostgresql.running(dataDirectory);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The embedded database of a running server cannot be found", e);
        }
    }

    private static EmbeddedPostgresql start(Path dataDirectory) {
        try {
            return EmbeddedPostgresql.start(dataDirectory);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database could not be set up in " + dataDirectory.toAbsolutePath() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
