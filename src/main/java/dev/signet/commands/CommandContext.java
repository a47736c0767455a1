package dev.signet.commands;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * What a command runs in: the modules it needs, without web server, pages and protocol. No {@code @Configuration}, or the
 * server would find it too.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class
})
@ComponentScan({
    "dev.signet.site",
    "dev.signet.crypto",
    "dev.signet.audit",
    "dev.signet.cluster",
    "dev.signet.keys",
    "dev.signet.clients",
    "dev.signet.users",
    "dev.signet.protection",
    "dev.signet.credentials",
    "dev.signet.sessions",
    "dev.signet.consents",
    "dev.signet.tokens"
})
@ConfigurationPropertiesScan("dev.signet")
@Import({
    KeysListCommand.class,
    KeysRotateCommand.class,
    KeysKillCommand.class,
    MasterKeyRotateCommand.class,
    DataKeysRotateCommand.class,
    RecoverCommand.class,
    RecoveryStore.class
})
class CommandContext {

    /** Known before a context is started, so that a slip is answered at once. */
    static final List<String> NAMES = List.of(
            KeysListCommand.NAME,
            KeysRotateCommand.NAME,
            KeysKillCommand.NAME,
            MasterKeyRotateCommand.NAME,
            DataKeysRotateCommand.NAME,
            RecoverCommand.NAME);

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
