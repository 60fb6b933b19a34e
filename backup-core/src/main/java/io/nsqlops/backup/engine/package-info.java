/**
 * Ports to the database servers. One subpackage per family of servers; {@code engine.tidb} and
 * {@code engine.oceanbase} speak MySQL's protocol and build on {@code engine.mysql}.
 */
@NullMarked
package io.nsqlops.backup.engine;

import org.jspecify.annotations.NullMarked;
