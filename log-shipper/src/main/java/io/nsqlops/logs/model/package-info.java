/** Placeholder. */
@NullMarked
package io.nsqlops.logs.model;

import org.jspecify.annotations.NullMarked;
