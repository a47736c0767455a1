package dev.signet.provisioning;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/** Applies the configuration files at start, before the first request is answered, and then sees to an administrator. */
@Component
class ProvisioningStart implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ProvisioningStart.class);

    private final ProvisioningProperties properties;
    private final Provisioning provisioning;
    private final FirstAdministrator firstAdministrator;
    private final SetupLinkFile linkFile;
    private final Environment environment;
    private final ResourceLoader resources;

    ProvisioningStart(
            ProvisioningProperties properties,
            Provisioning provisioning,
            FirstAdministrator firstAdministrator,
            SetupLinkFile linkFile,
            Environment environment,
            ResourceLoader resources) {
        this.properties = properties;
        this.provisioning = provisioning;
        this.firstAdministrator = firstAdministrator;
        this.linkFile = linkFile;
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!properties.configFile().isEmpty()) {
            boolean production = environment.acceptsProfiles(Profiles.of("production"));
            int changes = provisioning.apply(readFiles(), new SecretReferences(environment::getProperty, !production));
            log.info("Configuration applied: {} changes", changes);
        }
        firstAdministrator.issueIfNeeded().ifPresent(address -> {
            boolean written = linkFile.write(address);
            SetupLinkPrinter.print(address, written, linkFile.path());
        });
    }

    private List<ConfigFile> readFiles() {
        List<ConfigFile> files = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (String location : properties.configFile()) {
            Resource resource = resource(location);
            try {
                byte[] bytes = resource.getContentAsByteArray();
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                files.add(new ConfigFile(location, directory(resource), text));
            } catch (CharacterCodingException e) {
                problems.add(new ConfigProblem(location, 0, "is not UTF-8", "save it as UTF-8"));
            } catch (IOException e) {
                problems.add(new ConfigProblem(
                        location, 0, "cannot be read", "name a readable file in the setting signet.config-file"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigRefused(problems);
        }
        return files;
    }

    private Resource resource(String location) {
        return location.startsWith("classpath:") || location.startsWith("file:")
                ? resources.getResource(location)
                : new FileSystemResource(location);
    }

    private static @Nullable Path directory(Resource resource) throws IOException {
        return resource.isFile() ? resource.getFile().toPath().toAbsolutePath().getParent() : null;
    }
}
