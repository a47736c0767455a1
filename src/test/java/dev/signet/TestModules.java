package dev.signet;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * A node without a web server: the modules that keep people, clients and their secrets, over one {@link TestDatabase}.
 *
 * <p>For slice tests that need the real wiring, transactions included. Two of them over one database are two nodes.
 */
public final class TestModules implements AutoCloseable {

    private static final Path DATA = Path.of(
            System.getProperty("java.io.tmpdir"),
            "signet-test-" + ProcessHandle.current().pid());

    private final ConfigurableApplicationContext context;

    private TestModules(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a node; settings are written {@code key=value} and win over the files. */
    public static TestModules start(TestDatabase database, String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.datasource.url=" + database.url());
        arguments.add("--spring.datasource.username=" + database.user());
        arguments.add("--spring.datasource.password=" + database.password());
        arguments.add("--spring.datasource.hikari.minimum-idle=0");
        Arrays.stream(settings).map(setting -> "--" + setting).forEach(arguments::add);
        return new TestModules(new SpringApplicationBuilder(Modules.class)
                .web(WebApplicationType.NONE)
                .properties("signet.data-dir=" + DATA)
                .run(arguments.toArray(String[]::new)));
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @ComponentScan({
        "dev.signet.audit",
        "dev.signet.cluster",
        "dev.signet.crypto",
        "dev.signet.site",
        "dev.signet.clients",
        "dev.signet.users",
        "dev.signet.protection",
        "dev.signet.credentials",
        "dev.signet.provisioning"
    })
    @ConfigurationPropertiesScan({
        "dev.signet.audit",
        "dev.signet.crypto",
        "dev.signet.clients",
        "dev.signet.protection",
        "dev.signet.credentials",
        "dev.signet.provisioning"
    })
    static class Modules {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
