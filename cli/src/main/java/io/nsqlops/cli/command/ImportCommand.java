package io.nsqlops.cli.command;

import io.nsqlops.backup.dump.read.Dump;
import io.nsqlops.backup.dump.read.DumpReader;
import io.nsqlops.backup.engine.ScratchServer;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.move.ImportFlow;
import io.nsqlops.backup.flow.move.ImportReport;
import io.nsqlops.backup.flow.move.ImportRequest;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.context.Database;
import io.nsqlops.cli.options.DatabaseOptions;
import io.nsqlops.cli.options.KeyValues;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.options.ThreadsOption;
import io.nsqlops.cli.output.MoveView;
import io.nsqlops.cli.output.ProgressReporter;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a backup of what another tool dumped. */
@CommandLine.Command(
    name = "import",
    description =
        "Make a backup of a dump: a directory of Dumpling or mydumper, or a script of mysqldump.")
public final class ImportCommand implements Command {
  /** Kinds of servers that can be started for a replay. */
  enum Engine {
    MARIADB,
    MYSQL
  }

  @Parameters(
      index = "0",
      paramLabel = "DUMP",
      description = "The directory or the script; compressed with gzip or zstd, too.")
  @Nullable Path dump;

  @Mixin final DatabaseOptions databases = new DatabaseOptions();
  @Mixin final RepositoryOptions repository = new RepositoryOptions();
  @Mixin final ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--scratch",
      paramLabel = "DB",
      description =
          "An empty server to replay the dump into; it keeps what is replayed. Default: one that"
              + " is started for it and removed.")
  @Nullable String scratch;

  @Option(
      names = "--source-engine",
      paramLabel = "mariadb|mysql",
      description = "Which server to start for the replay; default: what the dump tells.")
  @Nullable Engine sourceEngine;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where that server has its data; default: the directory for temporary files.")
  Path workDirectory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "Where a script goes that names no database; default: the one in its head.")
  String database = "";

  @Option(
      names = "--tag",
      paramLabel = "K=V",
      description = "A label of the backup. May be repeated.")
  List<String> tags = new ArrayList<>();

  @Override
  public Result run(Context context) {
    Path path = dump();
    ImportRequest request =
        new ImportRequest(database, threads.count(), KeyValues.of("--tag", tags));
    try (RepositoryOptions.Open open = repository.openForBulk(context)) {
      Dump found = DumpReader.open(path);
      if (scratch != null) {
        return replay(
            context, open, databases.connect(context, scratch, "--scratch"), found, request);
      }
      try (ScratchServer server = start(context, found)) {
        Database started = context.adapters().database(server.address(), server::password);
        return replay(context, open, started, found, request);
      }
    }
  }

  private Path dump() {
    if (dump == null) {
      throw new OpsException(
          ErrorKind.USAGE, "import", "no dump was named", "name a directory or a script");
    }
    return dump;
  }

  private ScratchServer start(Context context, Dump found) {
    String engine =
        sourceEngine == null
            ? found.origin().engine()
            : sourceEngine.name().toLowerCase(Locale.ROOT);
    if (engine.equals("tidb") || engine.equals("oceanbase")) {
      throw new OpsException(
          ErrorKind.USAGE,
          found.path().toString(),
          "the dump is of " + engine + ", and none can be started here",
          "name an empty server with --scratch " + engine + "://user@host:port");
    }
    return context
        .adapters()
        .scratch(engine, context.variable("PATH").orElse(""), workDirectory.toAbsolutePath());
  }

  private static Result replay(
      Context context,
      RepositoryOptions.Open open,
      Database database,
      Dump found,
      ImportRequest request) {
    try (SnapshotExporter exporter = database.exporter();
        ProgressReporter progress = context.progress()) {
      ImportReport report =
          new ImportFlow(database.scripts(), exporter, open.repository(), context.clock(), progress)
              .run(found, request);
      Result result =
          Result.of(
              MoveView.json(report, open.repository().location()),
              MoveView.text(report, found.path()));
      return report.missing().isEmpty() ? result : result.failing(partial(report));
    }
  }

  private static OpsException partial(ImportReport report) {
    return new OpsException(
        ErrorKind.PARTIAL,
        report.manifest().id(),
        "all rows are in the backup, but "
            + Units.count(report.missing().size(), "statement")
            + " of the dump could not be replayed: "
            + String.join("; ", report.missing()),
        "mend the dump there and import it again, or make what is missing by hand after a restore");
  }
}
