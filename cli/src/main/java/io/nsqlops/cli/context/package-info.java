/**
 * What surrounds a command: environment, configuration file, clock, terminal, and the adapters for
 * what the user named.
 */
@NullMarked
package io.nsqlops.cli.context;

import org.jspecify.annotations.NullMarked;
