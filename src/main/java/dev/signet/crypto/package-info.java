/**
 * The cryptographic ground everything else stands on: bearer values (handles), digests, identifiers, sealing at rest,
 * keyed and slow hashes, and the keys behind them.
 *
 * <p>One master key wraps the data keys (table {@code data_key}); data keys do all the work. A dump of the database
 * therefore neither opens nor forges anything, and the master key may change without ending a session.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.signet.crypto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
