/**
 * The logs of OceanBase 3.x and 4.x: observer, rootservice, election, trace and alert. Their times
 * are local and carry no zone, so the source must name one.
 */
@NullMarked
package io.nsqlops.logs.parse.oceanbase;

import org.jspecify.annotations.NullMarked;
