/**
 * Reads the files of other tools: finds out what a dump is made of, and takes scripts apart into
 * statements as a command-line client does. Connects to nothing.
 */
@NullMarked
package io.nsqlops.backup.dump.read;

import org.jspecify.annotations.NullMarked;
