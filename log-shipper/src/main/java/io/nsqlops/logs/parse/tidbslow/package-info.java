/**
 * The slow query log of TiDB: entries of many lines, several keys a line, free text in some. A key
 * that is not known goes into one flattened object.
 */
@NullMarked
package io.nsqlops.logs.parse.tidbslow;

import org.jspecify.annotations.NullMarked;
