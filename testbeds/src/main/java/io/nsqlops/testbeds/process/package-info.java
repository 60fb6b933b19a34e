/**
 * Operating system processes of servers: start, wait until ready, end with all their children.
 * Nothing started through this package outlives the JVM.
 */
@NullMarked
package io.nsqlops.testbeds.process;

import org.jspecify.annotations.NullMarked;
