/** Nodes tell each other what changed, so that what one keeps in memory is dropped when another changes it. */
@ApplicationModule(
        displayName = "Cluster",
        allowedDependencies = {})
@NullMarked
package dev.signet.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
