/**
 * The {@code kubernetes} section of the configuration file as immutable values with defaults: where
 * the Jobs and the log shipper run and what they may use.
 */
@NullMarked
package io.nsqlops.k8s.config;

import org.jspecify.annotations.NullMarked;
