/**
 * The PostgreSQL that Signet brings along: started when no other database is configured, so that one command is enough
 * to try Signet, with settings as safe as those of a database one would install.
 */
@NullMarked
package dev.signet.operations.database;

import org.jspecify.annotations.NullMarked;
