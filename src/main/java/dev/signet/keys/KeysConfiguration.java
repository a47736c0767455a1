package dev.signet.keys;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.crypto.Vault;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the module; the first keys are made before the server answers anybody. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeysProperties.class)
class KeysConfiguration {

    @Bean
    SigningKeys signingKeys(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Vault vault,
            Clock clock,
            AuditTrail audit,
            KeysProperties properties) {
        var store = new SqlSigningKeyStore(
                jdbc,
                new TransactionTemplate(transactions),
                key -> audit.record(AuditEvent.of(AuditKind.KEY_CREATED)
                        .detail("kid", key.kid())
                        .detail("algorithm", key.algorithm().jwsName())));
        return new SigningKeys(store, vault, clock, properties);
    }

    @Bean(destroyMethod = "close")
    KeyRefresh keyRefresh(SigningKeys keys, KeysProperties properties) {
        return new KeyRefresh(keys, properties.refreshInterval());
    }
}
