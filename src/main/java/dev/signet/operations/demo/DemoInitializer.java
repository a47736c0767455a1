package dev.signet.operations.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/** Sets the demo up when the profile {@code demo} is active, before the configuration file is read. */
final class DemoInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.acceptsProfiles(Profiles.of("demo"))) {
            return;
        }
        Path dataDirectory = Path.of(environment.getProperty("signet.data-dir", ".signet"));
        DemoProperties properties = Binder.get(environment).bindOrCreate("signet.demo", DemoProperties.class);
        DemoSecrets secrets;
        try {
            secrets = DemoSecrets.in(
                    dataDirectory.resolve("demo").toAbsolutePath().normalize(), properties.address());
        } catch (IOException e) {
            throw new UncheckedIOException("The demo could not be set up in " + dataDirectory, e);
        }
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "demo",
                        Map.of("signet.config-file", secrets.configurationFile().toString())));
        String issuer = environment.getProperty("signet.issuer", "http://localhost:9000");
        context.addApplicationListener(new SampleClientProcess(properties, secrets, issuer, new DemoPrinter()));
    }
}
