/** The people who sign in: who they are and what they may, but not how they prove it. */
@ApplicationModule(
        displayName = "Users",
        allowedDependencies = {"audit", "crypto", "privacy"})
@NullMarked
package dev.signet.users;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
