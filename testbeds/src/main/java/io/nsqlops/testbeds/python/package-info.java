/**
 * A Python with packages of its own, for programs that check ours from outside: installed by {@code
 * testbeds/install python-reader}.
 */
@NullMarked
package io.nsqlops.testbeds.python;

import org.jspecify.annotations.NullMarked;
