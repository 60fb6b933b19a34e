package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What there is instead of a backup whose own objects are damaged: without them it is lost. */
public final class OtherBackups {
  private static final int NAMED = 3;

  private OtherBackups() {}

  /**
   * Reads something of a backup.
   *
   * @throws OpsException as the reading does; VERIFICATION_FAILED with a hint that names other
   *     backups
   */
  public static <T> T orNamed(Repository repository, String backupId, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
        throw e;
      }
      throw new OpsException(
          e.kind(), e.object(), String.valueOf(e.getMessage()), hint(repository, backupId), e);
    }
  }

  /**
   * What else rows that are damaged in a backup may be taken from. Others may need the very same
   * chunks, so they are to be verified first.
   *
   * @param use what one does with another backup, as {@code restore the table from}
   */
  public static String ofTheSameRows(Repository repository, String backupId, String use) {
    Manifest own = repository.manifest(backupId);
    List<String> others = newest(repository, backupId, m -> mayHoldTheSame(m, own));
    return others.isEmpty()
        ? "the repository holds no other backup of this server, or of the same part of it, to take them from"
        : "or %s another backup (%s; see `nsql-ops list`) after `nsql-ops verify` of it"
            .formatted(use, named(others));
  }

  /** Whether it is of the same server, and of all of it or of the same part. */
  private static boolean mayHoldTheSame(Manifest other, Manifest own) {
    return other.server().address().equals(own.server().address())
        && (other.scope().equals(Scope.ALL) || other.scope().equals(own.scope()));
  }

  private static String named(List<String> ids) {
    return (ids.size() == 1 ? "" : "the latest whose manifests can be read: ")
        + String.join(", ", ids);
  }

  private static String hint(Repository repository, String backupId) {
    List<String> others = newest(repository, backupId, m -> true);
    String copy = "put the object back from a copy of the repository";
    return others.isEmpty()
        ? copy + ", or make a new backup: no other one's manifest can be read either"
        : "restore another backup (%s; see `nsql-ops list`) after `nsql-ops verify` of it, or %s"
            .formatted(named(others), copy);
  }

  /** Ids of the newest few that are there, as far as their manifests tell. */
  private static List<String> newest(
      Repository repository, String backupId, Predicate<Manifest> wanted) {
    List<String> ids = new ArrayList<>(repository.backupIds());
    ids.remove(backupId);
    Collections.reverse(ids);
    return ids.stream().filter(id -> isReadable(repository, id, wanted)).limit(NAMED).toList();
  }

  private static boolean isReadable(Repository repository, String id, Predicate<Manifest> wanted) {
    try {
      return repository.lookUp(id).filter(wanted).isPresent();
    } catch (OpsException e) {
      // whatever keeps it from being read keeps it from being recommended
      return false;
    }
  }
}
