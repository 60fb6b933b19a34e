/**
 * The error log of MariaDB, whose local times carry no zone. Lines without a header belong to the
 * event before them.
 */
@NullMarked
package io.nsqlops.logs.parse.mariadb;

import org.jspecify.annotations.NullMarked;
