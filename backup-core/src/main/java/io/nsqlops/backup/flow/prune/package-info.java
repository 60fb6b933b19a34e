/**
 * Retention and garbage collection, the only part of the program that deletes what backups stored.
 * The protocol beside running backups is specified in docs/repository-format.md.
 */
@NullMarked
package io.nsqlops.backup.flow.prune;

import org.jspecify.annotations.NullMarked;
