package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether what a repository keeps beside its backups can be read: pins, leases, lists of garbage.
 * Damage there takes no rows, and who meets it assumes the worst; so nobody else would tell.
 *
 * @param olderLeases how many were not read: leases stay for days, and of very many only the latest
 *     are looked at
 * @param damaged keys of objects that are not what was written there
 */
public record StateSurvey(
    int pins, int leases, int olderLeases, int garbageLists, List<String> damaged) {
  private static final int LEASES = 100;

  /** Reads them. */
  public static StateSurvey make(Repository repository) {
    List<String> damaged = new ArrayList<>();
    List<String> pins = keys(repository, RepositoryLayout.PINS);
    List<String> lists = keys(repository, RepositoryLayout.GARBAGE);
    List<String> leases = keys(repository, RepositoryLayout.BACKUP_LEASES);
    int older = Math.max(0, leases.size() - LEASES);
    List<String> read = new ArrayList<>(leases.subList(older, leases.size()));
    read.addAll(keys(repository, RepositoryLayout.PRUNE_LEASES));
    each(pins, key -> requirePin(repository, key), damaged);
    each(lists, key -> GarbageList.read(repository, key), damaged);
    each(read, key -> requireLease(repository, key), damaged);
    return new StateSurvey(pins.size(), read.size(), older, lists.size(), damaged);
  }

  private static List<String> keys(Repository repository, String prefix) {
    try (Stream<ObjectInfo> listed = repository.list(prefix)) {
      return listed.map(ObjectInfo::key).toList();
    }
  }

  private static void each(List<String> keys, Consumer<String> reading, List<String> damaged) {
    for (String key : keys) {
      try {
        reading.accept(key);
      } catch (OpsException e) {
        if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
          throw e;
        }
        damaged.add(key);
      }
    }
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
