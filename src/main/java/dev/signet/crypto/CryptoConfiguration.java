package dev.signet.crypto;

import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the module; the master key is found, and the data keys are made or opened, before anything can use them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CryptoProperties.class)
class CryptoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CryptoConfiguration.class);

    private final CryptoProperties properties;

    CryptoConfiguration(CryptoProperties properties) {
        this.properties = properties;
        boolean corretto = properties.nativeCode() && CorrettoProvider.install();
        LOG.info("Signatures are computed by {}", corretto ? "the Corretto provider (native)" : "the JDK");
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Ids ids(Clock clock) {
        return new Ids(clock);
    }

    @Bean
    MasterKeys masterKeys(Environment environment) {
        String pin = environment.getProperty(Pkcs11MasterKey.PIN_VARIABLE);
        MasterKeySource source = new MasterKeySource(
                properties.masterKeyFile(),
                environment.getProperty(MasterKeySource.VARIABLE),
                Path.of(environment.getProperty("signet.data-dir", ".signet")),
                environment.acceptsProfiles(Profiles.of("production")));
        MasterKey current =
                properties.pkcs11().library() == null ? source.find() : Pkcs11MasterKey.open(properties.pkcs11(), pin);
        MasterKey previous = properties.previousPkcs11().library() == null
                ? source.findPrevious(
                                properties.previousMasterKeyFile(),
                                environment.getProperty(MasterKeySource.PREVIOUS_VARIABLE))
                        .orElse(null)
                : Pkcs11MasterKey.open(properties.previousPkcs11(), pin);
        return new MasterKeys(current, previous);
    }

    @Bean
    DataKeyStore dataKeyStore(
            JdbcClient jdbc, PlatformTransactionManager transactions, MasterKeys masterKeys, Clock clock) {
        return new DataKeyStore(jdbc, new TransactionTemplate(transactions), masterKeys, clock);
    }

    @Bean
    DataKeys dataKeys(DataKeyStore store, Clock clock) {
        return new DataKeys(store::loadOrCreate, clock);
    }

    @Bean(destroyMethod = "close")
    DataKeyRefresh dataKeyRefresh(DataKeys keys) {
        return new DataKeyRefresh(keys);
    }

    @Bean
    DataKeyRotation dataKeyRotation(JdbcClient jdbc, DataKeyStore store, MasterKeys masterKeys, Clock clock) {
        return new DataKeyRotation(jdbc, store, masterKeys, clock);
    }

    @Bean
    Handles handles(DataKeys keys) {
        return new Handles(keys);
    }

    @Bean
    Vault vault(DataKeys keys) {
        return new Vault(keys);
    }

    @Bean
    KeyedHash keyedHash(DataKeys keys) {
        return new KeyedHash(keys);
    }

    @Bean(destroyMethod = "close")
    SlowHash slowHash() {
        return new Argon2Hash(Argon2.loading(properties.nativeCode()), properties.hashing());
    }
}
