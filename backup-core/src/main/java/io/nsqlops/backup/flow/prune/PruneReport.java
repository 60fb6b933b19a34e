package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.repository.LeaseSurvey;
import java.util.List;

/**
 * What a prune did.
 *
 * @param chunks deleted
 * @param other other objects deleted
 * @param waiting chunks that nobody needs, but that stay until the backups in {@code running} have
 *     ended; the next prune deletes them
 * @param held objects that nobody needs, but that the store itself does not let go yet: object lock
 * @param running backups that were being made meanwhile
 */
public record PruneReport(
    Forecast forecast,
    Amount chunks,
    Amount other,
    Amount waiting,
    Amount held,
    List<LeaseSurvey.Running> running) {
  public PruneReport {
    running = List.copyOf(running);
  }

  /** All that was freed. */
  public long freedBytes() {
    return chunks.bytes() + other.bytes();
  }
}
