package io.nsqlops.backup.repository;

import io.nsqlops.backup.store.ObjectInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What leases say of backups that a prune did not see committed when it began.
 *
 * @param running may still be committed
 * @param committed were committed meanwhile
 * @param over will never be committed: that has been seen to
 * @param leftovers leases that nobody needs any more
 */
public record LeaseSurvey(
    List<Running> running, List<String> committed, Set<String> over, List<String> leftovers) {

  /**
   * A lease says nothing any more after so long; until then a prune that lost its own lease and
   * does not know it yet could need it.
   */
  public static final Duration KEPT = Duration.ofDays(7);

  /** Where a manifest cannot be fenced for certain, silence must last this long. */
  private static final Duration LONG_SILENCE = Duration.ofHours(24);

  /**
   * A backup that is being made, as far as anyone can tell.
   *
   * @param knows keys of the garbage lists it keeps away from
   */
  public record Running(String backupId, String holder, Instant since, Set<String> knows) {
    public Running {
      knows = Set.copyOf(knows);
    }
  }

  /**
   * Looks at all leases. Backups that were given up, or of which nothing was heard for long, are
   * kept from being committed.
   *
   * @param known ids of backups known to be committed
   */
  public static LeaseSurvey make(Repository repository, PruneLease held, Set<String> known) {
    Instant now = held.now();
    List<ObjectInfo> leases;
    try (Stream<ObjectInfo> listed = repository.list(RepositoryLayout.BACKUP_LEASES)) {
      leases = listed.toList();
    }
    LeaseSurvey survey =
        new LeaseSurvey(new ArrayList<>(), new ArrayList<>(), new HashSet<>(), new ArrayList<>());
    for (ObjectInfo lease : leases) {
      String id = lease.key().substring(RepositoryLayout.BACKUP_LEASES.length());
      Duration silence = Duration.between(lease.modified(), now);
      boolean running = !known.contains(id) && survey.look(repository, lease.key(), id, silence);
      if (!running && silence.compareTo(KEPT) > 0) {
        survey.leftovers.add(lease.key());
      }
    }
    return survey;
  }

  private boolean look(Repository repository, String key, String id, Duration silence) {
    LeaseRecord lease = PruneLease.read(repository, key);
    if (mayFence(repository, lease, silence)) {
      if (repository.fence(id)) {
        over.add(id);
      } else {
        committed.add(id);
      }
      return false;
    }
    // after the lease: whoever ends it has committed before
    Optional<ObjectInfo> manifest = repository.store().head(RepositoryLayout.manifest(id));
    if (manifest.isEmpty()) {
      running.add(new Running(id, lease.holder(), lease.since(), Set.copyOf(lease.knows())));
      return true;
    }
    if (repository.isFence(manifest.get())) {
      over.add(id);
    } else {
      committed.add(id);
    }
    return false;
  }

  private static boolean mayFence(Repository repository, LeaseRecord lease, Duration silence) {
    if (!repository.capabilities().conditionalPut()) {
      return silence.compareTo(LONG_SILENCE) > 0;
    }
    return lease.ended() || silence.compareTo(PruneLease.LIFE) > 0;
  }
}
