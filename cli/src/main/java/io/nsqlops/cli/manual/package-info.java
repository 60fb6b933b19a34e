/**
 * What shells and {@code man} know of the command line: completion scripts and manual pages. All of
 * it is made from the commands themselves, so it cannot fall behind them.
 */
@NullMarked
package io.nsqlops.cli.manual;

import org.jspecify.annotations.NullMarked;
