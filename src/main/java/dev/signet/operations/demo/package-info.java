/**
 * Signet to look at: the Spring profile {@code demo} registers a sample application and a person, and runs the
 * application beside the server, so that a newcomer signs in within a minute.
 */
@NullMarked
package dev.signet.operations.demo;

import org.jspecify.annotations.NullMarked;
