package io.nsqlops.backup.config;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the schedule.
 *
 * @param timeZone in which {@code cron} is read
 * @param keep required for a prune, absent otherwise
 * @param include name patterns of a backup, as {@code --include}
 * @param exclude name patterns of a backup, as {@code --exclude}
 * @param threads workers of a backup; null: the command's default
 * @param budget bytes that one verify may read, as {@code --budget}; null: everything
 */
public record ScheduleTask(
    TaskKind kind,
    UnixCron cron,
    ZoneId timeZone,
    @Nullable KeepRules keep,
    List<String> include,
    List<String> exclude,
    @Nullable Integer threads,
    @Nullable String budget) {

  public ScheduleTask {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if ((kind == TaskKind.PRUNE) != (keep != null)) {
      throw new IllegalArgumentException("keep belongs to prune, and prune needs it");
    }
    if (kind != TaskKind.BACKUP && !(include.isEmpty() && exclude.isEmpty() && threads == null)) {
      throw new IllegalArgumentException("include, exclude and threads belong to backup");
    }
    if (kind != TaskKind.VERIFY && budget != null) {
      throw new IllegalArgumentException("budget belongs to verify");
    }
  }

  /** A task without options of its own. */
  public static ScheduleTask of(TaskKind kind, UnixCron cron, ZoneId timeZone) {
    return new ScheduleTask(kind, cron, timeZone, null, List.of(), List.of(), null, null);
  }

  /** The command line that runs the task: the command, then its flags; without {@code --config}. */
  public List<String> commandLine() {
    List<String> line = new ArrayList<>();
    line.add(kind.command());
    include.forEach(pattern -> line.add("--include=" + pattern));
    exclude.forEach(pattern -> line.add("--exclude=" + pattern));
    if (threads != null) {
      line.add("--threads=" + threads);
    }
    if (keep != null) {
      line.addAll(keep.asFlags());
    }
    if (budget != null) {
      line.add("--budget=" + budget);
    }
    return List.copyOf(line);
  }
}
