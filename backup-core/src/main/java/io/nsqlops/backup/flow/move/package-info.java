/**
 * Moves backups out of a repository into files of other tools, and such files into a repository.
 * One flow for each way.
 */
@NullMarked
package io.nsqlops.backup.flow.move;

import org.jspecify.annotations.NullMarked;
