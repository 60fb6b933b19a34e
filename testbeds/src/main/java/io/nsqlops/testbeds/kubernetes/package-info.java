/**
 * The API server of a Kubernetes control plane with its etcd: it validates, admits and stores
 * objects as a cluster does. Nothing runs pods.
 */
@NullMarked
package io.nsqlops.testbeds.kubernetes;

import org.jspecify.annotations.NullMarked;
