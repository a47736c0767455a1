package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class CryptoConfigurationSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @TempDir
    static Path data;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    static class Slice {}

    private static ConfigurableApplicationContext start(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.datasource.url=" + DATABASE.url(),
                "--spring.datasource.username=" + DATABASE.user(),
                "--spring.datasource.password=" + DATABASE.password(),
                "--signet.data-dir=" + data));
        all.addAll(Arrays.asList(settings));
        return new SpringApplicationBuilder(Slice.class, CryptoConfiguration.class)
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new));
    }

    private static String randomKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void aHandleOutlivesARestartWithTheKeyItMadeItself() {
        Handle handle;
        try (ConfigurableApplicationContext first = start()) {
            handle = first.getBean(Handles.class)
                    .mint(HandleKind.SESSION, first.getBean(Ids.class).next());
        }
        try (ConfigurableApplicationContext second = start()) {
            assertThat(second.getBean(Handles.class)
                            .parse(HandleKind.SESSION, handle.value().reveal()))
                    .contains(handle);
            assertThat(second.getBeansOfType(Object.class).values())
                    .hasAtLeastOneElementOfType(Vault.class)
                    .hasAtLeastOneElementOfType(KeyedHash.class)
                    .hasAtLeastOneElementOfType(SlowHash.class)
                    .hasAtLeastOneElementOfType(Clock.class);
        }
    }

    @Test
    void productionRefusesToStartWithoutAMasterKeyAndSaysWhatToDo(CapturedOutput output) {
        assertThatThrownBy(() -> start("--spring.profiles.active=production"))
                .hasRootCauseInstanceOf(UnusableMasterKey.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The profile 'production' is on, but no master key is given.")
                .contains("openssl rand -base64 32");
    }

    @Test
    void productionRefusesAWeakMasterKey(CapturedOutput output) {
        String weak = "A".repeat(43);
        assertThatThrownBy(() -> start("--spring.profiles.active=production", "--SIGNET_MASTER_KEY=" + weak))
                .hasRootCauseInstanceOf(UnusableMasterKey.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("SIGNET_MASTER_KEY is weak: it repeats itself")
                .doesNotContain(weak);
    }

    @Test
    void refusesToStartOnADatabaseOfAnotherMasterKey(CapturedOutput output) {
        start().close();
        String other = randomKey();

        assertThatThrownBy(() -> start("--spring.profiles.active=production", "--SIGNET_MASTER_KEY=" + other))
                .hasRootCauseInstanceOf(UnusableMasterKey.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("This database belongs to another master key")
                .doesNotContain(other);
    }

    @Test
    void worksWithoutNativeCodeToo() {
        try (ConfigurableApplicationContext context = start("--signet.crypto.native-code=false")) {
            SlowHash slowHash = context.getBean(SlowHash.class);
            SecretValue secret = new SecretValue("correct horse battery staple");
            assertThat(slowHash.matches(secret, slowHash.hash(secret))).isTrue();
            assertThat(context.getBean(Handles.class)
                            .parse(
                                    HandleKind.FLOW,
                                    context.getBean(Handles.class)
                                            .mint(HandleKind.FLOW, UUID.randomUUID())
                                            .value()
                                            .reveal()))
                    .isPresent();
        }
    }
}
