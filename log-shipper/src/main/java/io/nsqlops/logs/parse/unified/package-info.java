/**
 * The unified log format of TiDB, PD, TiKV, TiCDC, TiProxy and TiFlash. One event is one physical
 * line; tokens are bare or JSON strings.
 */
@NullMarked
package io.nsqlops.logs.parse.unified;

import org.jspecify.annotations.NullMarked;
