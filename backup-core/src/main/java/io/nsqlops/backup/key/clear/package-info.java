/**
 * The slot of an unencrypted repository: its id key in clear, and no data keys. It exists so that
 * both kinds of repository take one code path.
 */
@NullMarked
package io.nsqlops.backup.key.clear;

import org.jspecify.annotations.NullMarked;
