package io.nsqlops.backup.plan;

import java.time.Instant;
import java.util.Map;

/**
 * What retention knows of a backup.
 *
 * @param id of the backup
 * @param group backups are counted per group
 * @param started the time rules go by; the beginning of time if it is not known
 * @param pinned never goes
 * @param condition whether it can be counted on
 * @param damage what is wrong with it, empty if nothing is known
 * @param hold why the store itself does not let it go yet, empty if it does as far as is known
 * @param future whether it has not begun yet by a clock: one of the clocks is wrong
 */
public record StoredBackup(
    String id,
    BackupGroup group,
    Instant started,
    Map<String, String> tags,
    boolean pinned,
    Condition condition,
    String damage,
    String hold,
    boolean future) {

  /** What was found out without reading rows. */
  public enum Condition {
    /** All objects it names are there. */
    WHOLE,
    /** Chunks are missing. */
    INCOMPLETE,
    /** It is not even known which chunks it needs. */
    UNREADABLE
  }

  public StoredBackup {
    tags = Map.copyOf(tags);
  }

  /** Nothing is known against it. */
  public static StoredBackup whole(
      String id, BackupGroup group, Instant started, Map<String, String> tags, boolean pinned) {
    return new StoredBackup(id, group, started, tags, pinned, Condition.WHOLE, "", "", false);
  }

  /** The same backup, found damaged. */
  public StoredBackup found(Condition now, String what) {
    return new StoredBackup(id, group, started, tags, pinned, now, what, hold, future);
  }

  /** The same backup, found to be held by the store. */
  public StoredBackup heldBy(String what) {
    return new StoredBackup(id, group, started, tags, pinned, condition, damage, what, future);
  }

  /** The same backup, not begun yet by a clock. */
  public StoredBackup ofTheFuture() {
    return new StoredBackup(id, group, started, tags, pinned, condition, damage, hold, true);
  }

  /** Whether rules count it. */
  boolean counts() {
    return isWhole() && !future;
  }

  public boolean isWhole() {
    return condition == Condition.WHOLE;
  }
}
