package io.nsqlops.backup.flow;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.SchemaJson;
import io.nsqlops.backup.engine.Accounts;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.model.BackupId;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.repository.ChunkVault;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.repository.RepositoryLayout;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Backs a server up into a repository. */
public final class BackupFlow {
  private final SnapshotExporter exporter;
  private final Repository repository;
  private final Clock clock;
  private final Progress progress;

  public BackupFlow(
      SnapshotExporter exporter, Repository repository, Clock clock, Progress progress) {
    this.exporter = exporter;
    this.repository = repository;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * What to back up and how.
   *
   * @param threads readers at once
   * @param tags free labels
   */
  public record Request(Selection selection, int threads, Map<String, String> tags) {
    public Request {
      tags = Map.copyOf(tags);
      if (threads < 1) {
        throw new IllegalArgumentException(threads + " threads");
      }
    }
  }

  /** One consistent backup; it exists when this returns. */
  public Manifest run(Request request) {
    Instant started = clock.instant();
    String id = BackupId.create(started);
    progress.phase("snapshot", 0);
    try (Snapshot snapshot = exporter.open(request.threads())) {
      List<TableEstimate> tables = select(snapshot, request.selection());
      progress.phase("backup", tables.stream().mapToLong(TableEstimate::bytes).sum());
      Tally tally = new Tally();
      List<StoredObject> sections = readTables(snapshot, tables, request, id, tally);
      List<SchemaObject> objects = selectObjects(snapshot, request.selection());
      Accounts accounts = snapshot.accounts();
      objects.addAll(accounts.objects());
      StoredObject schema =
          repository.write(RepositoryLayout.schema(id), SchemaJson.write(objects));
      snapshot.proveHeld();
      Manifest manifest =
          new Manifest(
              id,
              CanonicalText.VERSION,
              exporter.server(),
              snapshot.point(),
              started,
              clock.instant(),
              request.tags(),
              tally.totals(),
              schema,
              sections,
              warnings(objects, accounts));
      progress.phase("commit", 0);
      repository.commit(manifest);
      return manifest;
    }
  }

  private static List<TableEstimate> select(Snapshot snapshot, Selection selection) {
    return snapshot.tables().stream().filter(t -> selection.includes(t.name())).toList();
  }

  private List<StoredObject> readTables(
      Snapshot snapshot, List<TableEstimate> tables, Request request, String id, Tally tally) {
    Baseline baseline = Baseline.latest(repository, exporter.server(), progress);
    SectionWriter sections = new SectionWriter(repository, id);
    TableReading reading =
        new TableReading(
            snapshot,
            repository,
            baseline,
            request.threads(),
            (vault, chunkId, text, length) -> {
              long known = baseline.storedBytes(chunkId);
              if (known >= 0) {
                return known;
              }
              ChunkVault.Put put = vault.put(chunkId, text, length);
              tally.stored(put);
              return put.storedBytes();
            },
            progress);
    reading.read(
        tables,
        table -> {
          sections.add(table);
          tally.table(table);
        });
    return sections.finish();
  }

  private static List<SchemaObject> selectObjects(Snapshot snapshot, Selection selection) {
    List<SchemaObject> objects = new ArrayList<>(snapshot.objects());
    objects.removeIf(o -> !selection.includesDatabase(o.database()));
    return objects;
  }

  private List<String> warnings(List<SchemaObject> objects, Accounts accounts) {
    List<String> warnings = new ArrayList<>(accounts.warnings());
    objects.stream()
        .filter(o -> !o.warning().isEmpty())
        .forEach(o -> warnings.add(o + ": " + o.warning()));
    warnings.forEach(progress::warning);
    return warnings;
  }
}
