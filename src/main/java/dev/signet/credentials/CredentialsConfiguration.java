package dev.signet.credentials;

import dev.signet.crypto.SlowHash;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the module. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CredentialsProperties.class)
class CredentialsConfiguration {

    @Bean
    Passwords passwords(JdbcClient jdbc, Clock clock, SlowHash slowHash, CredentialsProperties properties) {
        return new Passwords(new PasswordStore(jdbc, clock), slowHash, new PasswordRules(properties));
    }
}
