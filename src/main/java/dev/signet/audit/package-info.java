/**
 * What happened here, who did it and why: the closed list of audit events, the trail that keeps them, and the trace of
 * the request they belong to.
 */
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {})
@NullMarked
package dev.signet.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
