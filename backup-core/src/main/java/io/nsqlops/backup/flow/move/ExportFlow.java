package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.write.CsvRows;
import io.nsqlops.backup.dump.write.DumpFormat;
import io.nsqlops.backup.dump.write.DumpMetadata;
import io.nsqlops.backup.dump.write.DumplingFiles;
import io.nsqlops.backup.dump.write.ExportDirectory;
import io.nsqlops.backup.dump.write.ExportFile;
import io.nsqlops.backup.dump.write.InsertRows;
import io.nsqlops.backup.dump.write.RowFormat;
import io.nsqlops.backup.dump.write.SqlScriptFile;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.flow.WorkPool;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlan.TableRestore;
import io.nsqlops.backup.repository.Repository;
import java.util.ArrayList;
import java.util.List;

/** Writes a backup out as plain files, from the repository alone. */
public final class ExportFlow {
  private final Repository repository;
  private final Progress progress;

  public ExportFlow(Repository repository, Progress progress) {
    this.repository = repository;
    this.progress = progress;
  }

  /** Exports; if that fails, nothing of it is left. */
  public ExportReport run(Manifest manifest, RestorePlan plan, ExportRequest request) {
    boolean accounts = plan.objects().stream().anyMatch(o -> o.kind() == Kind.ACCOUNT);
    ExportDirectory directory = ExportDirectory.take(request.to(), request.compression(), accounts);
    progress.phase("export", plan.bytes());
    try {
      if (request.format() == DumpFormat.SQL) {
        script(directory, manifest, plan, request);
      } else {
        files(directory, manifest, plan, request);
      }
    } catch (RuntimeException | Error e) {
      directory.discard();
      throw e;
    }
    return new ExportReport(
        manifest.id(),
        directory.finished(),
        plan.tables().size(),
        plan.rows(),
        directory.bytes(),
        notes(manifest, plan, request));
  }

  private void script(
      ExportDirectory directory, Manifest manifest, RestorePlan plan, ExportRequest request) {
    try (ExportFile file = directory.file(manifest.id() + ".sql");
        ChunkSource chunks = new ChunkSource(repository, manifest.id(), progress, () -> false)) {
      SqlScriptFile script = new SqlScriptFile(file, manifest);
      script.begin(plan.objects());
      for (TableRestore table : plan.tables()) {
        script.table(table.source().table(), table.as());
        RowFormat rows = inserts(table, "", request);
        chunks.write(DataFile.whole(table), rows, file);
      }
      script.end(plan.objects(), request.accountsLeftOut());
      file.finish();
    }
  }

  private void files(
      ExportDirectory directory, Manifest manifest, RestorePlan plan, ExportRequest request) {
    DumplingFiles files = new DumplingFiles(directory, manifest.server().engine());
    files.objects(plan.objects());
    WorkPool<DataFile> pool = new WorkPool<>("exporter", DataFile.LARGEST_FIRST);
    for (TableRestore table : plan.tables()) {
      files.table(table.source().table(), table.as());
      DataFile.split(table, request.fileBytes()).forEach(pool::add);
    }
    pool.run(
        request.threads(),
        () ->
            new Writer(
                directory,
                files,
                request,
                new ChunkSource(repository, manifest.id(), progress, pool::failed)));
    try (ExportFile metadata = directory.plainFile("metadata")) {
      metadata.write(DumpMetadata.of(manifest));
      metadata.finish();
    }
  }

  private static RowFormat inserts(TableRestore table, String head, ExportRequest request) {
    Table definition = table.source().table();
    return new InsertRows(definition, table.as().table(), head, request.statementBytes());
  }

  private static List<String> notes(Manifest manifest, RestorePlan plan, ExportRequest request) {
    List<String> notes = new ArrayList<>();
    manifest.restriction().ifPresent(notes::add);
    for (SchemaObject object : plan.objects()) {
      if (!object.warning().isEmpty()) {
        notes.add(object + " is written as a comment: " + object.warning());
      }
    }
    if (!request.accountsLeftOut().isEmpty()) {
      notes.add(request.accountsLeftOut().size() + " accounts of the backup are left out");
    }
    return notes;
  }

  private static final class Writer implements WorkPool.Worker<DataFile> {
    private final ExportDirectory directory;
    private final DumplingFiles files;
    private final ExportRequest request;
    private final ChunkSource chunks;

    Writer(
        ExportDirectory directory, DumplingFiles files, ExportRequest request, ChunkSource chunks) {
      this.directory = directory;
      this.files = files;
      this.request = request;
      this.chunks = chunks;
    }

    @Override
    public void work(DataFile unit) {
      boolean csv = request.format() == DumpFormat.CSV;
      String name = DumplingFiles.dataFile(unit.table().as(), unit.number(), csv ? "csv" : "sql");
      RowFormat rows =
          csv
              ? new CsvRows(unit.table().source().table())
              : inserts(unit.table(), files.dataHead(unit.table().as()), request);
      try (ExportFile file = directory.file(name)) {
        chunks.write(unit, rows, file);
        file.finish();
      }
    }

    @Override
    public void close() {
      chunks.close();
    }
  }
}
