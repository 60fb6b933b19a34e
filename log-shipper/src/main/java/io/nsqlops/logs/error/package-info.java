/**
 * The one exception of the log shipper. Its kind decides the exit code; its object and hint tell
 * the on-call engineer what failed and what to do next.
 */
@NullMarked
package io.nsqlops.logs.error;

import org.jspecify.annotations.NullMarked;
