/** The slow query log of MySQL, MariaDB and Percona Server. */
@NullMarked
package io.nsqlops.logs.parse.mysqlslow;

import org.jspecify.annotations.NullMarked;
