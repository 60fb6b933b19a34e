/**
 * Text without a known format, one line or several lines an event. Only the rule that joins lines
 * is configurable.
 */
@NullMarked
package io.nsqlops.logs.parse.plain;

import org.jspecify.annotations.NullMarked;
