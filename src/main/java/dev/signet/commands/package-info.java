/**
 * What an administrator does at a terminal, with the same jar and settings as the server but without its web server:
 * {@code java -jar signet.jar keys list}. A command works on the database, whether servers run on it or not.
 */
@ApplicationModule(
        displayName = "Commands",
        allowedDependencies = {"tokens", "keys", "crypto", "audit"})
@NullMarked
package dev.signet.commands;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
