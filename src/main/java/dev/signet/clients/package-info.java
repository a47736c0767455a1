/** The applications that may send people here or ask for tokens: what each may do, and how it proves who it is. */
@ApplicationModule(
        displayName = "Clients",
        allowedDependencies = {"audit", "cluster", "crypto", "privacy"})
@NullMarked
package dev.signet.clients;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
