/**
 * Turns what a backup holds into files for other tools: rows as INSERT statements or CSV,
 * definitions as scripts. Knows nothing of where the rows come from.
 */
@NullMarked
package io.nsqlops.backup.dump.write;

import org.jspecify.annotations.NullMarked;
