/**
 * Entry point of nsql-ops: parses, wires adapters, maps failures to exit codes. {@link
 * io.nsqlops.cli.Wiring} alone knows which adapters there are.
 */
@NullMarked
package io.nsqlops.cli;

import org.jspecify.annotations.NullMarked;
