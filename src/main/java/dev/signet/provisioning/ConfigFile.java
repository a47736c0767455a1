package dev.signet.provisioning;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file as it was read.
 *
 * @param name as the setting names it
 * @param directory where relative {@code ${file:…}} references start; null for the working directory
 */
record ConfigFile(String name, @Nullable Path directory, String text) {}
