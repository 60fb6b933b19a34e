/**
 * What the error logs of MySQL and MariaDB have in common: the forms of all their versions, which
 * follow each other in one file after an upgrade, and their reports of crashes.
 */
@NullMarked
package io.nsqlops.logs.parse.errorlog;

import org.jspecify.annotations.NullMarked;
