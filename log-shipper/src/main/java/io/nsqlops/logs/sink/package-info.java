/**
 * The port to where batches of documents go, and to where rejected documents are kept. A batch
 * counts as delivered only when each of its items has a final outcome.
 */
@NullMarked
package io.nsqlops.logs.sink;

import org.jspecify.annotations.NullMarked;
