package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether what a repository keeps beside its backups can be read: pins, leases, lists of garbage.
 * Damage there takes no rows, and who meets it assumes the worst; so nobody else would tell.
 *
 * @param damaged keys of objects that are not what was written there
 */
public record StateSurvey(int pins, int leases, int garbageLists, List<String> damaged) {
  /** Leases stay for days. Of very many objects of a kind, the last are read. */
  private static final int MOST = 100;

  /** Reads them. */
  public static StateSurvey make(Repository repository) {
    List<String> damaged = new ArrayList<>();
    int pins = each(repository, RepositoryLayout.PINS, StateSurvey::requirePin, damaged);
    int leases =
        each(repository, RepositoryLayout.BACKUP_LEASES, StateSurvey::requireLease, damaged)
            + each(repository, RepositoryLayout.PRUNE_LEASES, StateSurvey::requireLease, damaged);
    int lists = each(repository, RepositoryLayout.GARBAGE, GarbageList::read, damaged);
    return new StateSurvey(pins, leases, lists, damaged);
  }

  private interface Reading {
    void read(Repository repository, String key);
  }

  private static int each(
      Repository repository, String prefix, Reading reading, List<String> damaged) {
    List<String> keys;
    try (Stream<ObjectInfo> listed = repository.list(prefix)) {
      keys = listed.map(ObjectInfo::key).toList();
    }
    keys = keys.subList(Math.max(0, keys.size() - MOST), keys.size());
    for (String key : keys) {
      try {
        reading.read(repository, key);
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
          throw e;
        }
        damaged.add(key);
      }
    }
    return keys.size();
  }

  private static void requirePin(Repository repository, String key) {
    try {
      repository
          .readSealed(key)
          .map(plain -> JsonMapper.shared().readTree(plain).required("pinned").stringValue())
          .ifPresent(Instant::parse);
    } catch (OpsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Repository.damaged(key, "is no pin");
    }
  }

  private static void requireLease(Repository repository, String key) {
    boolean unreadable = PruneLease.read(repository, key).equals(LeaseRecord.UNREADABLE);
    // who ends a lease may have deleted it since it was listed
    if (unreadable && repository.store().head(key).isPresent()) {
      throw Repository.damaged(key, "is no lease");
    }
  }
}
