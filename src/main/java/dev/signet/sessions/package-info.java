/**
 * Sign-in sessions: who is signed in at which browser, since when and by which factors, which apps took part, and the
 * cookies that tie a browser to all that.
 *
 * <p>There is no servlet {@code HttpSession}: a session is a row, found by a cookie handle on any node.
 */
@ApplicationModule(
        displayName = "Sessions",
        allowedDependencies = {"site", "users", "clients", "keys", "crypto", "audit"})
@NullMarked
package dev.signet.sessions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
