/**
 * Real servers for tests, benchmarks and the demo: found or installed, started and stopped. The
 * packages below hold the servers themselves; this one holds what all of them share.
 */
@NullMarked
package io.nsqlops.testbeds;

import org.jspecify.annotations.NullMarked;
