/** What must never stand in a token or claim, whoever asks for it. */
@ApplicationModule(
        displayName = "Privacy",
        allowedDependencies = {})
@NullMarked
package dev.signet.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
