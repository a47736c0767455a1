package dev.signet.operations.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class KnownSettingsTests {

    private final KnownSettings known = new KnownSettings(Map.of(
            "signet.issuer", "java.net.URI",
            "signet.keys.max-age", "java.time.Duration",
            "signet.names", "java.util.Map<java.lang.String,java.lang.String>",
            "signet.limits.sign-in", "dev.signet.Limit"));

    @Test
    void knowsSettingsAndWhatIsWithinThem() {
        assertThat(known.contains("signet.issuer")).isTrue();
        assertThat(known.contains("signet.names.any.thing")).isTrue();
        assertThat(known.contains("signet.limits.sign-in.count")).isTrue();
        assertThat(known.contains("signet.issuer.name")).isFalse();
        assertThat(known.contains("signet.keys.maximum-age")).isFalse();
    }

    @Test
    void suggestsWhatMayBeMeant() {
        assertThat(known.nearest("signet.keys.maxage")).hasValue("signet.keys.max-age");
        assertThat(known.nearest("signet.something.entirely.different")).isEmpty();
    }

    @Test
    void readsWhatTheCompilerWrote() throws IOException {
        assertThat(KnownSettings.load(getClass().getClassLoader()).types())
                .containsKeys("signet.issuer", "signet.operations.housekeeping.interval", "signet.demo.address");
    }

    @Test
    void stopsTheStartAndSaysWhereTheSlipIs() {
        assertThatThrownBy(() -> start("signet.isuer"))
                .isInstanceOf(UnknownSetting.class)
                .hasMessage("There is no setting 'signet.isuer' (found in try).")
                .extracting(e -> ((UnknownSetting) e).advice())
                .isEqualTo("Did you mean 'signet.issuer'?");
        start("signet.issuer");
        start("other.isuer");
    }

    private static void start(String setting) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("try", Map.of(setting, "http://localhost")));
            new UnknownSettingsInitializer().initialize(context);
        }
    }
}
