package dev.signet.operations.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Stops the start when a setting under {@code signet.} is unknown, and says where it stands and what may be meant.
 *
 * <p>Environment variables are left alone: other programs may have some of our name, and configuration files refer to
 * such variables for secrets.
 */
final class UnknownSettingsInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        KnownSettings known;
        try {
            known = KnownSettings.load(UnknownSettingsInitializer.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (PropertySource<?> source : context.getEnvironment().getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable
                    && !(source instanceof SystemEnvironmentPropertySource)) {
                for (String name : enumerable.getPropertyNames()) {
                    check(known, source, name);
                }
            }
        }
    }

    private static void check(KnownSettings known, PropertySource<?> source, String name) {
        // Lists are written with an index; both cases of letters and both kinds of dashes are accepted by the binder.
        String uniform = name.replaceAll("\\[\\d+]", "").replace('_', '-').toLowerCase(java.util.Locale.ROOT);
        if (uniform.startsWith("signet.") && !known.contains(uniform)) {
            Origin origin = OriginLookup.getOrigin(source, name);
            String place = origin != null ? origin.toString() : source.getName();
            throw new UnknownSetting(
                    "There is no setting '" + name + "' (found in " + place + ").",
                    known.nearest(uniform)
                            .map(nearest -> "Did you mean '" + nearest + "'?")
                            .orElse("Remove it; docs/CONFIGURATION.md lists all settings."));
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
