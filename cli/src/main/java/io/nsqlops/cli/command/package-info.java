/**
 * The commands, one class each: they turn arguments into a request, run a flow, and say what came
 * of it. What they need from outside comes through {@link io.nsqlops.cli.command.Adapters}.
 */
@NullMarked
package io.nsqlops.cli.command;

import org.jspecify.annotations.NullMarked;
