/**
 * Which bytes of a file have been acknowledged, as pure arithmetic on ranges. The watermark is the
 * only position a restart may begin at.
 */
@NullMarked
package io.nsqlops.logs.ack;

import org.jspecify.annotations.NullMarked;
