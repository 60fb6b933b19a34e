/**
 * Container logs as a Kubernetes node has them, written without a node. What is written is counted,
 * so that a search can be held against it.
 */
@NullMarked
package io.nsqlops.demo.pods;

import org.jspecify.annotations.NullMarked;
