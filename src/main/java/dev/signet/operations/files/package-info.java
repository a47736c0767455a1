/** Files that only their owner may read. */
@NullMarked
package dev.signet.operations.files;

import org.jspecify.annotations.NullMarked;
