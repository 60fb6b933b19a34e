/** Decisions as pure functions and printable values: what to read in which pieces, what to load. */
@NullMarked
package io.nsqlops.backup.plan;

import org.jspecify.annotations.NullMarked;
