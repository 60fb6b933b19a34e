/** Other names for what is restored: which, what follows them, and what does not. */
@NullMarked
package io.nsqlops.backup.plan.rename;

import org.jspecify.annotations.NullMarked;
