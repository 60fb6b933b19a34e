/** Whom connections trust. */
@NullMarked
package io.nsqlops.logs.tls;

import org.jspecify.annotations.NullMarked;
