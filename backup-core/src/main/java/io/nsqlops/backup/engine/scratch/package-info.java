/**
 * Private servers: found on this machine, started in a directory of their own on the loopback
 * interface, and removed with all they hold.
 */
@NullMarked
package io.nsqlops.backup.engine.scratch;

import org.jspecify.annotations.NullMarked;
