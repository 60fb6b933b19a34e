/**
 * Delivers batches to Elasticsearch with deterministic ids, installs index templates and searches.
 * The only package that sees the Elasticsearch client.
 */
@NullMarked
package io.nsqlops.logs.sink.elasticsearch;

import org.jspecify.annotations.NullMarked;
