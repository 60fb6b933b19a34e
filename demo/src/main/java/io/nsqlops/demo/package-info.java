/**
 * The whole story on embedded servers: a backup, its damage and its restore, logs, a schedule. One
 * class an act; the acts run the real commands and check what they claim.
 */
@NullMarked
package io.nsqlops.demo;

import org.jspecify.annotations.NullMarked;
