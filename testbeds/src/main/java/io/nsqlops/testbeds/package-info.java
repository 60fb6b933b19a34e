/** Placeholder. */
@NullMarked
package io.nsqlops.testbeds;

import org.jspecify.annotations.NullMarked;
