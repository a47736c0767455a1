/** Sees to it that every setting under {@code signet.} means something. */
@NullMarked
package dev.signet.operations.settings;

import org.jspecify.annotations.NullMarked;
