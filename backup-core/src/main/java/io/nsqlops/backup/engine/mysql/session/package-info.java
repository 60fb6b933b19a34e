/**
 * Sessions of a server and what every other package here builds on: Connector/J connects,
 * authenticates and speaks TLS, rows are read from its socket as binary packets and written out as
 * canonical text without an object per value.
 */
@NullMarked
package io.nsqlops.backup.engine.mysql.session;

import org.jspecify.annotations.NullMarked;
