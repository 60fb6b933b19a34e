/**
 * Port to the object storage that holds a repository. Adapters are the subpackages; {@code memory}
 * is the shipped fake.
 */
@NullMarked
package io.nsqlops.backup.store;

import org.jspecify.annotations.NullMarked;
