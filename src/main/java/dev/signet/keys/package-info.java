/**
 * The keys that sign our tokens: made, published, active, retired (RFC 7517), and the two things done with them, signing
 * and verifying JWTs (RFC 7519) in compact form (RFC 7515).
 */
@ApplicationModule(allowedDependencies = {"crypto", "audit", "cluster"})
@NullMarked
package dev.signet.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
