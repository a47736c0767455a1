/**
 * What people prove themselves by. So far passwords: stored as slow hashes, checked in the same time whether or not the
 * account exists, chosen by the rules of NIST SP 800-63B-4 section 3.1.1.
 */
@ApplicationModule(allowedDependencies = "crypto")
@NullMarked
package dev.signet.credentials;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
