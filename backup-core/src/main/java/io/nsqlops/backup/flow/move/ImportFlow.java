package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.FileProblems;
import io.nsqlops.backup.dump.read.Dump;
import io.nsqlops.backup.dump.read.DumpFile;
import io.nsqlops.backup.dump.read.DumpFile.Stage;
import io.nsqlops.backup.dump.read.DumpOrigin;
import io.nsqlops.backup.dump.read.StatementSplitter.Ending;
import io.nsqlops.backup.dump.read.ToldRows;
import io.nsqlops.backup.engine.ScriptTarget;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupFlow;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.WorkPool;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.TableName;
import io.nsqlops.backup.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Makes a backup of what another tool dumped: replays it into a scratch server, and backs that up
 * as any other, so its chunks are those of the server the dump was made of.
 */
public final class ImportFlow {
  private final ScriptTarget scratch;
  private final SnapshotExporter exporter;
  private final Repository repository;
  private final Clock clock;
  private final Progress progress;

  /**
   * Connects a scratch server and a repository.
   *
   * @param exporter reads the same server
   */
  public ImportFlow(
      ScriptTarget scratch,
      SnapshotExporter exporter,
      Repository repository,
      Clock clock,
      Progress progress) {
    this.scratch = scratch;
    this.exporter = exporter;
    this.repository = repository;
    this.clock = clock;
    this.progress = progress;
  }

  /** Imports; the backup exists when this returns. */
  public ImportReport run(Dump dump, ImportRequest request) {
    ReplayNotes notes = new ReplayNotes();
    requireEmpty(notes);
    dump.warnings().forEach(notes::add);
    progress.phase("replay", bytes(dump));
    List<String> missing = new ArrayList<>();
    DumpOrigin origin =
        dump.isScript() ? script(dump, request, notes) : directory(dump, request, notes, missing);
    notes.lines().forEach(progress::warning);
    missing.forEach(progress::warning);
    return new ImportReport(backUp(dump, origin, request), origin, missing, notes.lines());
  }

  private void requireEmpty(ReplayNotes notes) {
    List<String> there = scratch.databases();
    if (!there.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          scratch.server().address(),
          "the scratch server "
              + scratch.server().address()
              + " holds databases: "
              + String.join(", ", there),
          "drop them if they are of no use to anyone, or name a server without any");
    }
    if (scratch.runsEvents()) {
      notes.add(
          scratch.server().address()
              + " runs events: one of the dump may change rows before they are backed up; SET GLOBAL"
              + " event_scheduler=OFF there");
    }
  }

  private static long bytes(Dump dump) {
    try {
      if (dump.isScript()) {
        return dump.path().toString().matches(".*\\.(gz|zst)") ? 0 : Files.size(dump.path());
      }
      long bytes = 0;
      for (DumpFile file : dump.files()) {
        bytes += file.compression().suffix().isEmpty() ? Files.size(file.path()) : 0;
      }
      return bytes;
    } catch (IOException e) {
      throw FileProblems.reading(dump.path(), e);
    }
  }

  private DumpOrigin script(Dump dump, ImportRequest request, ReplayNotes notes) {
    String database = request.database().isEmpty() ? dump.database() : request.database();
    ScriptFilter filter = new ScriptFilter(database, dump.origin(), notes);
    try (ScriptReplay replay = replay(dump, notes, () -> false)) {
      replay.script(dump.path(), Ending.DELIMITER, filter);
    }
    return filter.origin();
  }

  private ScriptReplay replay(Dump dump, ReplayNotes notes, BooleanSupplier givenUp) {
    return new ScriptReplay(scratch.session(), notes, progress, givenUp, dump.utf8());
  }

  private DumpOrigin directory(
      Dump dump, ImportRequest request, ReplayNotes notes, List<String> missing) {
    DatabaseNames names = new DatabaseNames(dump);
    try (ScriptReplay replay = replay(dump, notes, () -> false)) {
      for (String name : names.unmade()) {
        replay.database(name);
        notes.add(
            "the dump holds no definition of database %s: its character set is the scratch server's"
                .formatted(name));
      }
      for (Stage stage : Stage.values()) {
        List<DumpFile> files = dump.files().stream().filter(f -> f.stage() == stage).toList();
        if (stage == Stage.DATA) {
          data(dump, files, names, request.threads(), notes);
        } else if (stage.isDispensable()) {
          missing.addAll(new RetriedFiles(replay, names).run(files));
        } else {
          files.forEach(f -> replay.file(f, stage == Stage.DATABASE ? "" : names.of(f)));
        }
      }
    }
    requireRows(dump, names);
    return dump.origin();
  }

  /** A file that is missing, or was cut between two statements, shows nowhere else. */
  private void requireRows(Dump dump, DatabaseNames names) {
    if (dump.rows().isEmpty()) {
      return;
    }
    try (Snapshot snapshot = exporter.openUnlocked(1);
        TableReader reader = snapshot.reader()) {
      Set<TableName> tables = new HashSet<>();
      snapshot.tables().forEach(table -> tables.add(table.name()));
      for (ToldRows told : dump.rows()) {
        TableName name = new TableName(names.of(told.database()), told.table());
        boolean there = tables.contains(name);
        long rows = there ? reader.count(reader.describe(name)) : 0;
        if (rows != told.rows() && (there || dump.holdsNothingOf(told))) {
          throw new OpsException(
              ErrorKind.USAGE,
              dump.path().toString(),
              "%s is not whole: its metadata tells of %d rows of %s, its files hold %d"
                  .formatted(dump.path(), told.rows(), name, rows),
              "look for files that are missing or were cut off, or dump again");
        }
      }
    }
  }

  private void data(
      Dump dump, List<DumpFile> files, DatabaseNames names, int threads, ReplayNotes notes) {
    WorkPool<DumpFile> pool =
        new WorkPool<>(
            "replayer",
            Comparator.comparingLong((DumpFile f) -> f.path().toFile().length()).reversed());
    files.forEach(pool::add);
    pool.run(
        threads,
        () -> {
          ScriptReplay replay = replay(dump, notes, pool::failed);
          return new WorkPool.Worker<DumpFile>() {
            @Override
            public void work(DumpFile file) {
              replay.file(file, names.of(file));
            }

            @Override
            public void close() {
              replay.close();
            }
          };
        });
  }

  private Manifest backUp(Dump dump, DumpOrigin origin, ImportRequest request) {
    Map<String, String> tags = new TreeMap<>(request.tags());
    tags.put("imported-from", origin.tool());
    origin.time().ifPresent(t -> tags.put("imported-time", t.toString()));
    if (!origin.position().isEmpty()) {
      tags.put("imported-position", origin.position());
    }
    String name = "import:" + dump.path().getFileName();
    ImportedServer server = new ImportedServer(exporter, name, origin);
    return new BackupFlow(server, repository, clock, progress)
        .run(new BackupFlow.Request(Selection.ALL, request.threads(), tags));
  }
}
