/**
 * The {@code logs} section of the configuration as records, bound from a JSON tree. All problems
 * are reported together with their path; secrets are references, resolved when used.
 */
@NullMarked
package io.nsqlops.logs.config;

import org.jspecify.annotations.NullMarked;
