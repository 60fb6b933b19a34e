/**
 * The configuration file as a whole: read as YAML, held against one published JSON Schema, bound to
 * each module's records. All problems of all sections come together in one error.
 */
@NullMarked
package io.nsqlops.cli.config;

import org.jspecify.annotations.NullMarked;
