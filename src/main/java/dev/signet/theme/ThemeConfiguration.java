package dev.signet.theme;

import dev.signet.site.Issuer;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires the theme module. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ThemeProperties.class)
class ThemeConfiguration {

    /** Before the security filters, after whatever traces requests. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1000;

    @Bean
    Themes themes(ThemeProperties properties, Clock clock) {
        return new Themes(properties, clock);
    }

    @Bean
    Pages pages(Themes themes, ThemeProperties properties, Issuer issuer) {
        return new Pages(themes, properties, issuer);
    }

    @Bean
    FilterRegistrationBean<AssetFilter> themeAssets(Themes themes) {
        FilterRegistrationBean<AssetFilter> registration = new FilterRegistrationBean<>(new AssetFilter(themes));
        registration.addUrlPatterns(AssetFilter.PATH + "/*", "/favicon.ico");
        registration.setOrder(ORDER);
        return registration;
    }

    @Bean
    FilterRegistrationBean<PreferenceFilter> themePreferences(Issuer issuer) {
        FilterRegistrationBean<PreferenceFilter> registration =
                new FilterRegistrationBean<>(new PreferenceFilter(issuer));
        registration.setOrder(ORDER + 1);
        return registration;
    }
}
