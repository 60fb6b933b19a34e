/**
 * Options that several commands share. Where an option is not given, the environment and then the
 * configuration file are asked.
 */
@NullMarked
package io.nsqlops.cli.options;

import org.jspecify.annotations.NullMarked;
