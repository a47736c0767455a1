/**
 * Refusals: every one has one public code, the RFC's, and one private reason, ours. The client sees the first; log and
 * audit trail see the second; the request's error id joins the two.
 */
@ApplicationModule(
        displayName = "Refusals",
        allowedDependencies = {})
@NullMarked
package dev.signet.refusals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
