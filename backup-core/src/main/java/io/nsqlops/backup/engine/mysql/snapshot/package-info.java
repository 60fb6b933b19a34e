/** Catches one moment in several sessions and reads tables and definitions at it. */
@NullMarked
package io.nsqlops.backup.engine.mysql.snapshot;

import org.jspecify.annotations.NullMarked;
