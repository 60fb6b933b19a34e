/**
 * The folder outside the clone where installed servers live, and how those that Maven delivers get
 * there. Versions are part of the folder names, so an update installs beside the old one.
 */
@NullMarked
package io.nsqlops.testbeds.cache;

import org.jspecify.annotations.NullMarked;
