/**
 * Tokens and their life: authorization codes, the families of refresh tokens that grow out of them, the access and ID
 * tokens they yield, and their end.
 *
 * <p>One-time means one time here, in the database: what can be spent is spent by one conditional UPDATE.
 */
@ApplicationModule(
        displayName = "Tokens",
        allowedDependencies = {
            "site",
            "refusals",
            "consents",
            "sessions",
            "users",
            "clients",
            "keys",
            "crypto",
            "cluster",
            "audit",
            "privacy"
        })
@NullMarked
package dev.signet.tokens;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
