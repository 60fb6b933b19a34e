/**
 * A repository in an object store: where objects lie, how they are sealed and read back, and the
 * one rule of commitment: a backup exists if and only if its manifest does.
 */
@NullMarked
package io.nsqlops.backup.repository;

import org.jspecify.annotations.NullMarked;
