/**
 * The logs of CockroachDB: crdb-v1, crdb-v2 with its reassembly of continued lines, and JSON. Marks
 * around sensitive data are kept as they are.
 */
@NullMarked
package io.nsqlops.logs.parse.cockroachdb;

import org.jspecify.annotations.NullMarked;
