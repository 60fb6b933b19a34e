/**
 * The error log of MySQL 5.7 and 8, as text and as JSON. Lines without a header, such as crash
 * reports, belong to the event before them.
 */
@NullMarked
package io.nsqlops.logs.parse.mysql;

import org.jspecify.annotations.NullMarked;
