/**
 * Runs tasks at their times, inside one process: Quartz fires, we see to catching up after a pause
 * and to an orderly stop. What a task does is the caller's.
 */
@NullMarked
package io.nsqlops.backup.schedule;

import org.jspecify.annotations.NullMarked;
