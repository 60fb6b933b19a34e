/**
 * Finding files, telling them apart whatever their names do, and reading their bytes. It knows
 * nothing of log formats.
 */
@NullMarked
package io.nsqlops.logs.tail;

import org.jspecify.annotations.NullMarked;
