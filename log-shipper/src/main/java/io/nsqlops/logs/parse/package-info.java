/**
 * The port between lines and documents: a format recognises its lines and writes their fields. The
 * formats are the subpackages; broken input degrades to a message and a tag, it is never dropped.
 */
@NullMarked
package io.nsqlops.logs.parse;

import org.jspecify.annotations.NullMarked;
