/**
 * Users, roles and what they may do: read from the grant tables of each kind of server, put
 * together as statements, and made again.
 */
@NullMarked
package io.nsqlops.backup.engine.mysql.account;

import org.jspecify.annotations.NullMarked;
