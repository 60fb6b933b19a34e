/** Placeholder. */
@NullMarked
package io.nsqlops.backup.model;

import org.jspecify.annotations.NullMarked;
