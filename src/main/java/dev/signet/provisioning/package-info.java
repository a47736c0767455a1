/**
 * Makes the database say what the configuration files say (scopes, clients, people), and lets the first administrator in
 * where no file names one.
 */
@ApplicationModule(
        displayName = "Provisioning",
        allowedDependencies = {"users", "clients", "credentials", "crypto", "audit", "site"})
@NullMarked
package dev.signet.provisioning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
