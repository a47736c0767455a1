/** Consents: which person allowed which app which scopes, and when. */
@ApplicationModule(
        displayName = "Consents",
        allowedDependencies = {"users", "clients", "audit"})
@NullMarked
package dev.signet.consents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
