/**
 * TiDB: a snapshot is a number (a TSO), every session reads at it, and history is kept meanwhile by
 * an open transaction. Rows and catalogue travel as with MySQL.
 */
@NullMarked
package io.nsqlops.backup.engine.tidb;

import org.jspecify.annotations.NullMarked;
