/**
 * Asks a real cluster whether it would take objects. Nothing is stored: the server runs its whole
 * admission chain and answers.
 */
@NullMarked
package io.nsqlops.k8s.apply;

import org.jspecify.annotations.NullMarked;
