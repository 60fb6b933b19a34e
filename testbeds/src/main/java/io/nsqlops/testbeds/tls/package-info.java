/**
 * A certificate authority of one's own, for servers that are to be reached by TLS. Made by the
 * JDK's keytool, valid on this machine only.
 */
@NullMarked
package io.nsqlops.testbeds.tls;

import org.jspecify.annotations.NullMarked;
