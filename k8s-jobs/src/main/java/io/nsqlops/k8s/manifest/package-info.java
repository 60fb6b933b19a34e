/** Placeholder. */
@NullMarked
package io.nsqlops.k8s.manifest;

import org.jspecify.annotations.NullMarked;
