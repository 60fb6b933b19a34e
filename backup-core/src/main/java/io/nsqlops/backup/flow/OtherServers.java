package io.nsqlops.backup.flow;

import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.repository.Manifests;
import io.nsqlops.backup.repository.Repository;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whose backups a repository holds: the latest of all may be of another server than is meant. */
public final class OtherServers {
  /** How many backups are looked at; a server that none of them is of is hardly meant. */
  private static final int RECENT = 100;

  private OtherServers() {}

  /** The latest backup of each other server, by its address. */
  public static Map<String, String> latest(Repository repository, Manifest chosen) {
    List<String> ids = repository.backupIds();
    List<String> recent = ids.subList(Math.max(0, ids.size() - RECENT), ids.size());
    Map<String, String> latest = new TreeMap<>();
    for (Manifest manifest : Manifests.read(repository, recent).whole()) {
      latest.put(manifest.server().address(), manifest.id());
    }
    latest.remove(chosen.server().address());
    return latest;
  }
}
