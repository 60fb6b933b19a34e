/**
 * Ports to the database servers. One subpackage per family of servers; {@code engine.tidb} speaks
 * MySQL's protocol and builds on {@code engine.mysql}.
 */
@NullMarked
package io.nsqlops.backup.engine;

import org.jspecify.annotations.NullMarked;
