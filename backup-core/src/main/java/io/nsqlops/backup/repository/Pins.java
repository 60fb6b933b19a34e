package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Backups that no prune removes. A pin is an object of its own, because manifests never change; it
 * is set and taken under the lease of prunes, so that none is overlooked by one that runs.
 */
public final class Pins {
  private final Repository repository;

  public Pins(Repository repository) {
    this.repository = repository;
  }

  /** Ids of pinned backups. */
  public Set<String> ids() {
    try (Stream<ObjectInfo> listed = repository.list(RepositoryLayout.PINS)) {
      Set<String> ids = new TreeSet<>();
      listed.forEach(o -> ids.add(o.key().substring(RepositoryLayout.PINS.length())));
      return ids;
    }
  }

  /**
   * Pins a backup; idempotent.
   *
   * @throws OpsException LOCKED while a prune runs, USAGE if there is no such backup
   */
  public void pin(String backupId, Instant now) {
    try (PruneLease lease = PruneLease.take(repository, now, false)) {
      if (repository.lookUp(backupId).isEmpty()) {
        throw new OpsException(
            ErrorKind.USAGE,
            backupId,
            "backup " + backupId + " is gone",
            "see what is there: nsql-ops list --repo " + repository.option());
      }
      lease.proveHeld();
      byte[] json =
          JsonMapper.shared()
              .createObjectNode()
              .put("version", 1)
              .put("pinned", now.toString())
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      repository.create(RepositoryLayout.pin(backupId), json);
    }
  }

  /** Takes a pin away; idempotent. LOCKED while a prune runs. */
  public void unpin(String backupId, Instant now) {
    try (PruneLease lease = PruneLease.take(repository, now, false)) {
      lease.delete(List.of(RepositoryLayout.pin(backupId)));
    }
  }
}
