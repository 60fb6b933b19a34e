/**
 * The plain files that other tools read and write: how they are named and compressed. Writing and
 * reading them are subpackages.
 */
@NullMarked
package io.nsqlops.backup.dump;

import org.jspecify.annotations.NullMarked;
