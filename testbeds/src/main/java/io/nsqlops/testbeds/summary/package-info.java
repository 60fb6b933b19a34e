/**
 * What a whole build's tests came to: totals over all modules and every reason for a skipped test.
 * Run by the last module of the build, from the reports Surefire leaves behind.
 */
@NullMarked
package io.nsqlops.testbeds.summary;

import org.jspecify.annotations.NullMarked;
