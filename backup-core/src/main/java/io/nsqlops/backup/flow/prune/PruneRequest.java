package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.model.RetentionPolicy;
import java.time.Duration;

/**
 * How to prune.
 *
 * @param perServer whether the policy counts the backups of each server by themselves; those of
 *     each scope it always does
 * @param grace chunks no backup ever named stay for so long: what an unfinished backup uploaded
 *     need not be uploaded again
 * @param removeDamaged whether damaged backups go, and damaged garbage lists
 * @param removeFuture whether backups go that are in the future
 * @param breakLock takes over from another prune, dead or alive
 */
public record PruneRequest(
    RetentionPolicy policy,
    boolean perServer,
    Duration grace,
    boolean removeDamaged,
    boolean removeFuture,
    boolean breakLock) {
  public PruneRequest {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative");
    }
  }
}
