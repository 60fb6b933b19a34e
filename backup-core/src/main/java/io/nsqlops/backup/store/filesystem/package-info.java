/**
 * An object store in a directory, for local disks and mounted shares. Objects appear whole or not
 * at all and survive a power cut once a put has returned.
 */
@NullMarked
package io.nsqlops.backup.store.filesystem;

import org.jspecify.annotations.NullMarked;
