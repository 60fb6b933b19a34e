package io.nsqlops.backup.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A task and its times.
 *
 * @param name unique in its schedule, for messages
 * @param cron five fields as cron has them, or six with seconds in front
 * @param zone in which the times are read
 * @param lastDone when the task last succeeded, as far as is known; a fire time since then that
 *     nobody was there for is caught up with one run at the start. Tasks that need no catching up
 *     answer with the present.
 * @param action one run; it reports its own failures, the schedule goes on
 */
public record TimedTask(
    String name, String cron, ZoneId zone, Supplier<Optional<Instant>> lastDone, Runnable action) {}
