/**
 * An object store in memory, for tests and rehearsals. It keeps the whole contract, and can play a
 * store without conditional puts.
 */
@NullMarked
package io.nsqlops.backup.store.memory;

import org.jspecify.annotations.NullMarked;
