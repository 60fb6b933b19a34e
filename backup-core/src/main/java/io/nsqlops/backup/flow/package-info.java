/** The verbs: what the program does, each as one method that reads as a list of steps. */
@NullMarked
package io.nsqlops.backup.flow;

import org.jspecify.annotations.NullMarked;
