/**
 * Puts together what the container runtime or a multi-line message spread over several physical
 * lines. Every joined event knows exactly which bytes of the file it covers.
 */
@NullMarked
package io.nsqlops.logs.join;

import org.jspecify.annotations.NullMarked;
