package dev.signet.verifier.boot;

import dev.signet.verifier.TokenVerifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Shows the verifier's state at the health endpoint, as {@code signetVerifier}, where there is one. */
@AutoConfiguration(after = SignetVerifierAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(TokenVerifier.class)
@ConditionalOnEnabledHealthIndicator("signet-verifier")
final class SignetVerifierHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "signetVerifierHealthIndicator")
    HealthIndicator signetVerifierHealthIndicator(TokenVerifier verifier, SignetVerifierProperties properties) {
        return new SignetVerifierHealthIndicator(verifier, properties.offline());
    }
}
