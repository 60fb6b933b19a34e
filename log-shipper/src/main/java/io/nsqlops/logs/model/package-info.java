/**
 * Values of the log shipper: documents written as ECS JSON straight into bytes, batches of them,
 * and the names they carry. Nothing here does I/O or looks at a clock.
 */
@NullMarked
package io.nsqlops.logs.model;

import org.jspecify.annotations.NullMarked;
