/**
 * Bytes in, bytes out: the canonical text of rows, the cutting into chunks, sealing, and the JSON
 * of manifests. Pure: no files, no sockets, no clocks.
 */
@NullMarked
package io.nsqlops.backup.codec;

import org.jspecify.annotations.NullMarked;
