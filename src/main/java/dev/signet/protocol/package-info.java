/**
 * The protocol's endpoints, one class each: they put the engine's filters in front of our modules. Start at {@link
 * dev.signet.protocol.TokenEndpoint}.
 */
@ApplicationModule(
        displayName = "Protocol",
        allowedDependencies = {
            "site",
            "refusals",
            "login",
            "tokens",
            "consents",
            "sessions",
            "credentials",
            "users",
            "clients",
            "keys",
            "protection",
            "theme",
            "crypto",
            "audit"
        })
@NullMarked
package dev.signet.protocol;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
