/**
 * The one exception of the backup side. Its kind decides the exit code; its object and hint tell
 * the on-call engineer what failed and what to do next.
 */
@NullMarked
package io.nsqlops.backup.error;

import org.jspecify.annotations.NullMarked;
