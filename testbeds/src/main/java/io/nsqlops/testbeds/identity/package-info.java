/**
 * Who one is, as clouds tell it: web identity tokens and metadata services on this machine. Small
 * hand-written servers, because the real ones exist in clouds only.
 */
@NullMarked
package io.nsqlops.testbeds.identity;

import org.jspecify.annotations.NullMarked;
