/**
 * The Kubernetes objects of an installation, made from its configuration: configuration in, typed
 * objects or YAML out. Nothing here talks to a cluster.
 */
@NullMarked
package io.nsqlops.k8s.manifest;

import org.jspecify.annotations.NullMarked;
