/**
 * Checks of {@code doctor}: each tries the real thing, on a small scale, and says what to fix where
 * it fails.
 */
@NullMarked
package io.nsqlops.cli.doctor;

import org.jspecify.annotations.NullMarked;
