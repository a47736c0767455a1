/** Limits on how often something may be tried, kept in the database so that no number of parallel requests passes them. */
@ApplicationModule(
        displayName = "Protection",
        allowedDependencies = {"audit", "crypto"})
@NullMarked
package dev.signet.protection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
