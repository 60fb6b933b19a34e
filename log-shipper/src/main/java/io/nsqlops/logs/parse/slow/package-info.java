/**
 * What slow query logs have in common: comments of keys and values in front of a statement, and
 * fields that are written for each.
 */
@NullMarked
package io.nsqlops.logs.parse.slow;

import org.jspecify.annotations.NullMarked;
