/**
 * {@code @NeedsBed} for JUnit: a test whose server cannot be had is skipped with the reason and the
 * command that changes it. Uses JUnit, which is an optional dependency of this module.
 */
@NullMarked
package io.nsqlops.testbeds.junit;

import org.jspecify.annotations.NullMarked;
