package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.ServerInfo;
import java.util.List;

/** A server that scripts of other tools are run on. Failures as in {@link SnapshotExporter}. */
public interface ScriptTarget {

  ServerInfo server();

  /** Databases that are not the server's own. */
  List<String> databases();

  /** Whether the server runs events by itself; what they change would be lost to a backup. */
  boolean runsEvents();

  /** A session for one thread, to be closed by it. */
  ScriptSession session();
}
