/** What keeps a running server healthy: its embedded database, health, metrics, housekeeping, and the demo. */
@ApplicationModule(
        displayName = "Operations",
        allowedDependencies = {"keys"})
@NullMarked
package dev.signet.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
