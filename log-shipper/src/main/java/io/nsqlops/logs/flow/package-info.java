/**
 * The verbs of log shipping: tail, join, parse, batch, deliver, acknowledge, checkpoint. One thread
 * owns all state of files; sender threads only deliver.
 */
@NullMarked
package io.nsqlops.logs.flow;

import org.jspecify.annotations.NullMarked;
