package dev.signet.protocol;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.web.filter.RequestContextFilter;

/**
 * Takes from every request's way what the platform puts there and nobody here uses. Operations are timed by their own
 * meter, {@code signet.operations}, which knows grant and outcome; the platform's observations of each filter and each
 * provider cost more than the work they watch.
 */
@Configuration(proxyBeanMethods = false)
class LeanRequests {

    @Bean
    SecurityObservationSettings noSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Binds a request to the thread for beans of request scope, of which there are none. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        FilterRegistrationBean<RequestContextFilter> registration =
                new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }
}
