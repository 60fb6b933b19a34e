/**
 * The servers, one class each, all with {@code start(Path directory)}: data, logs and sockets stay
 * in that folder. Several of one kind can run at once.
 */
@NullMarked
package io.nsqlops.testbeds.server;

import org.jspecify.annotations.NullMarked;
