/** Placeholder. */
@NullMarked
package io.nsqlops.demo;

import org.jspecify.annotations.NullMarked;
