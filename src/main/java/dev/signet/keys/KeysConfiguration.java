package dev.signet.keys;

import dev.signet.audit.AuditTrail;
import dev.signet.cluster.Changes;
import dev.signet.crypto.Vault;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the module; the first keys are made before the server answers anybody. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeysProperties.class)
class KeysConfiguration {

    @Bean
    SigningKeyStore signingKeyStore(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            AuditTrail audit,
            Changes changes,
            ApplicationEventPublisher events) {
        return new SqlSigningKeyStore(jdbc, transactions, new KeyJournal(audit, changes, events));
    }

    @Bean
    SigningKeys signingKeys(SigningKeyStore store, Vault vault, Clock clock, KeysProperties properties) {
        return new SigningKeys(store, vault, clock, properties);
    }

    @Bean
    KeyRotation keyRotation(
            SigningKeys keys, SigningKeyStore store, Vault vault, Clock clock, KeysProperties properties) {
        return new KeyRotation(keys, store, new KeyMint(vault), KeySchedule.of(properties), clock);
    }

    @Bean(destroyMethod = "close")
    KeyRefresh keyRefresh(SigningKeys keys, KeyRotation rotation, KeysProperties properties, Changes changes) {
        KeyRefresh refresh = new KeyRefresh(keys, rotation, properties.refreshInterval());
        changes.subscribe(KeyJournal.TOPIC, any -> refresh.soon(), refresh::soon);
        return refresh;
    }
}
