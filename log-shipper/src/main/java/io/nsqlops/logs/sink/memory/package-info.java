/** A sink that keeps documents in memory. It behaves like a data stream: one document per id. */
@NullMarked
package io.nsqlops.logs.sink.memory;

import org.jspecify.annotations.NullMarked;
