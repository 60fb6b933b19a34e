package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.OpsException;
import java.time.Instant;

/**
 * Says that a backup is being made, from before it looks at what is stored until it is committed or
 * given up: no prune deletes a chunk it may count on. A backup needs no right to delete; leases are
 * removed by later prunes.
 */
public final class BackupLease implements AutoCloseable {
  private final Repository plain;
  private final String backupId;
  private final Repository guarded;
  private final Renewal renewal;
  private final LeaseRecord lease;

  private BackupLease(
      Repository plain, String backupId, LeaseRecord lease, CondemnedChunks condemned) {
    this.plain = plain;
    this.backupId = backupId;
    this.lease = lease;
    this.guarded = plain.avoiding(condemned);
    this.renewal = new Renewal("lease of " + backupId, this::write);
  }

  /** Takes the lease of a backup that begins. */
  public static BackupLease take(Repository repository, String backupId, Instant since) {
    LeaseRecord lease = LeaseRecord.begun(since);
    // First the lease, then the lists, then all that is stored: a prune looks the other way round.
    write(repository, backupId, lease);
    try {
      CondemnedChunks condemned = CondemnedChunks.read(repository);
      if (!condemned.lists().isEmpty()) {
        lease = lease.knowing(condemned.lists());
        write(repository, backupId, lease);
      }
      return new BackupLease(repository, backupId, lease, condemned);
    } catch (OpsException e) {
      end(repository, backupId, lease);
      throw e;
    }
  }

  /** The repository as this backup must use it: condemned chunks do not count as stored. */
  public Repository repository() {
    return guarded;
  }

  /**
   * To be called before the commit; the commit itself fails if a prune gave this backup up.
   *
   * @throws OpsException if the lease could not be renewed for long and cannot be now
   */
  public void proveHeld() {
    renewal.prove();
  }

  private void write() {
    write(plain, backupId, lease);
  }

  private static void write(Repository repository, String backupId, LeaseRecord lease) {
    repository.rewrite(RepositoryLayout.backupLease(backupId), lease.write());
  }

  /** Best effort: a lease that is not ended runs out. */
  private static void end(Repository repository, String backupId, LeaseRecord lease) {
    LastWords.say(() -> write(repository, backupId, lease.end()));
  }

  @Override
  public void close() {
    renewal.close();
    end(plain, backupId, lease);
  }
}
