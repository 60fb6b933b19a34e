/**
 * The backup side of the configuration file as immutable values: cluster, source, repository,
 * secrets, schedule. Binding reads a JSON tree and gathers every problem with its YAML path; it
 * reads no file and resolves no secret.
 */
@NullMarked
package io.nsqlops.backup.config;

import org.jspecify.annotations.NullMarked;
