/**
 * MariaDB, MySQL and what speaks their language: the adapters to the ports of {@code engine}. What
 * they are made of is in the packages below, each of which knows {@code session} and none another,
 * but that {@code snapshot} reads accounts too.
 */
@NullMarked
package io.nsqlops.backup.engine.mysql;

import org.jspecify.annotations.NullMarked;
