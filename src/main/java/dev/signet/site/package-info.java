/** Who this server is on the web: the configured issuer, from which every absolute address is made. */
@ApplicationModule(
        displayName = "Site",
        allowedDependencies = {})
@NullMarked
package dev.signet.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
