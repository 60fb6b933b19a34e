package io.nsqlops.cli.context;

import io.nsqlops.backup.engine.ScriptTarget;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.backup.model.ServerInfo;
import java.util.function.Supplier;

/**
 * A server that has answered, and the adapters that fit it.
 *
 * @param exporting makes an exporter, to be closed by the caller
 * @param importing makes an importer, to be closed by the caller
 * @param scripts runs scripts of other tools there
 */
public record Database(
    ServerInfo server,
    Supplier<? extends SnapshotExporter> exporting,
    Supplier<? extends SnapshotImporter> importing,
    ScriptTarget scripts) {

  public SnapshotExporter exporter() {
    return exporting.get();
  }

  public SnapshotImporter importer() {
    return importing.get();
  }
}
