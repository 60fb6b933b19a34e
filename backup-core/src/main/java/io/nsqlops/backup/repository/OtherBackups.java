package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  private static String hint(Repository repository, String backupId) {
    List<String> others = newest(repository, backupId);
    String copy = "put the object back from a copy of the repository";
    return others.isEmpty()
        ? copy + ", or make a new backup: no other one's manifest can be read either"
        : "restore another backup (%s; see `nsql-ops list`) after `nsql-ops verify` of it, or %s"
            .formatted(
                (others.size() == 1 ? "" : "the latest whose manifests can be read: ")
                    + String.join(", ", others),
                copy);
  }

  /** Ids of the newest few that are there, as far as their manifests tell. */
  private static List<String> newest(Repository repository, String backupId) {
    List<String> ids = new ArrayList<>(repository.backupIds());
    ids.remove(backupId);
    Collections.reverse(ids);
    return ids.stream().filter(id -> isReadable(repository, id)).limit(NAMED).toList();
  }

  private static boolean isReadable(Repository repository, String id) {
    try {
      return repository.lookUp(id).isPresent();
    } catch (OpsException e) {
      // whatever keeps it from being read keeps it from being recommended
      return false;
    }
  }
}
