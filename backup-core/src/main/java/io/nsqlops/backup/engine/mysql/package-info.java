/**
 * MariaDB and MySQL. Connector/J connects, authenticates and speaks TLS; rows are then read from
 * its socket as binary packets and written out as canonical text without an object per value.
 */
@NullMarked
package io.nsqlops.backup.engine.mysql;

import org.jspecify.annotations.NullMarked;
