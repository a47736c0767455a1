package dev.signet.audit;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which peers may say on whose behalf they ask.
 *
 * @param trustedProxies addresses or CIDR ranges of reverse proxies whose {@code X-Forwarded-For} is believed; none by
 *     default
 */
@ConfigurationProperties("signet")
record TrustedProxiesProperties(@DefaultValue List<String> trustedProxies) {}
