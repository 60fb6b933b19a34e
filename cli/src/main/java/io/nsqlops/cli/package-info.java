/** Placeholder. */
@NullMarked
package io.nsqlops.cli;

import org.jspecify.annotations.NullMarked;
