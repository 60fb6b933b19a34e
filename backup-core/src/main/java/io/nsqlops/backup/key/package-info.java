/**
 * Port to what protects a repository's key set: a provider wraps it into a slot document that is
 * stored beside the data, and unwraps it again. Adapters are the subpackages.
 */
@NullMarked
package io.nsqlops.backup.key;

import org.jspecify.annotations.NullMarked;
