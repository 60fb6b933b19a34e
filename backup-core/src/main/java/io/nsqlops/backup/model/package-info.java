/** Values of the domain: plain records that validate themselves. Nothing here does I/O. */
@NullMarked
package io.nsqlops.backup.model;

import org.jspecify.annotations.NullMarked;
