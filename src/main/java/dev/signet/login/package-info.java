/**
 * Signing in: what a person must still show before an app gets its answer, and the pages that ask for it.
 *
 * <p>A sign-in in progress is a row of its own, bound to the browser; it becomes a session only once every required
 * factor was shown. Any node serves any page of it.
 */
@ApplicationModule(
        displayName = "Login",
        allowedDependencies = {
            "site",
            "refusals",
            "credentials",
            "sessions",
            "consents",
            "users",
            "clients",
            "protection",
            "theme",
            "crypto",
            "audit"
        })
@NullMarked
package dev.signet.login;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
