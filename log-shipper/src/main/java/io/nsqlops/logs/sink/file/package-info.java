/**
 * Keeps documents Elasticsearch refused, with reason and original line, in a file. Written and
 * synced before the document counts as dealt with.
 */
@NullMarked
package io.nsqlops.logs.sink.file;

import org.jspecify.annotations.NullMarked;
