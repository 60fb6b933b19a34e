/**
 * What the user sees: results as text or as one JSON document, errors with their hint, progress.
 * Results go to stdout, everything else to stderr.
 */
@NullMarked
package io.nsqlops.cli.output;

import org.jspecify.annotations.NullMarked;
