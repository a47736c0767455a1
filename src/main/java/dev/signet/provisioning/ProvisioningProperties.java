package dev.signet.provisioning;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is applied at start.
 *
 * @param configFile configuration files: paths, or {@code classpath:} locations; none by default
 * @param dataDir directory of this server's own files; the set-up link is written there
 */
@ConfigurationProperties("signet")
record ProvisioningProperties(
        @DefaultValue List<String> configFile,
        @DefaultValue(".signet") Path dataDir) {}
