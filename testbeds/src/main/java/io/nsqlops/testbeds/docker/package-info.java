/**
 * A Docker engine of our own: private data, private socket, and nothing left of its network when it
 * has stopped. Images come from a tarball and from Dockerfiles, never from a registry.
 */
@NullMarked
package io.nsqlops.testbeds.docker;

import org.jspecify.annotations.NullMarked;
