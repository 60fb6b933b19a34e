/**
 * Rows to canonical chunks to sealed objects, and back: bytes in, bytes out. Nothing here does I/O;
 * instances that hold buffers belong to one thread.
 */
@NullMarked
package io.nsqlops.backup.codec;

import org.jspecify.annotations.NullMarked;
