/**
 * What others may ask a running shipper: its metrics, whether it is alive, whether it is ready.
 * Knows values only; whoever wires it says where they come from.
 */
@NullMarked
package io.nsqlops.logs.monitor;

import org.jspecify.annotations.NullMarked;
