/**
 * The statement summary TiDB persists: one JSON object a line, no message. Fields are kept as one
 * flattened object, their names change between versions.
 */
@NullMarked
package io.nsqlops.logs.parse.statements;

import org.jspecify.annotations.NullMarked;
