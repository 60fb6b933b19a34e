/**
 * Remembers across restarts how far each file was acknowledged. An append-only file of checked
 * records whose unreadable parts are skipped: a damaged checkpoint costs resends, never lines.
 */
@NullMarked
package io.nsqlops.logs.checkpoint;

import org.jspecify.annotations.NullMarked;
