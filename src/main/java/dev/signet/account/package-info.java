/** The pages of one's own account: making the first one, and for now the page a person lands on, with the way out. */
@ApplicationModule(
        displayName = "Account",
        allowedDependencies = {
            "site",
            "refusals",
            "login",
            "sessions",
            "users",
            "credentials",
            "provisioning",
            "theme",
            "crypto"
        })
@NullMarked
package dev.signet.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
