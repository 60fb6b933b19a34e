package io.nsqlops.cli.command;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.write.DumpFormat;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupContents;
import io.nsqlops.backup.flow.move.ExportFlow;
import io.nsqlops.backup.flow.move.ExportReport;
import io.nsqlops.backup.flow.move.ExportRequest;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.ByteSize;
import io.nsqlops.cli.options.RenameOptions;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.options.SelectionOptions;
import io.nsqlops.cli.options.ThreadsOption;
import io.nsqlops.cli.output.MoveView;
import io.nsqlops.cli.output.ProgressReporter;
import io.nsqlops.cli.output.Result;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a backup out for other tools. */
@CommandLine.Command(
    name = "export",
    description = "Write a backup out as plain files that other tools load. Needs no server.")
public final class ExportCommand implements Command {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BACKUP",
      description = "Which backup; default: ${DEFAULT-VALUE}.")
  String backup = "latest";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The directory to write to: an empty or a new one.")
  @Nullable Path to;

  @Mixin final RepositoryOptions repository = new RepositoryOptions();
  @Mixin final SelectionOptions selection = new SelectionOptions();
  @Mixin final RenameOptions renames = new RenameOptions();
  @Mixin final ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--format",
      paramLabel = "dumpling|csv|sql",
      description =
          "Scripts in the layout of Dumpling and mydumper, the same with rows as CSV, or one"
              + " script; default: dumpling.")
  DumpFormat format = DumpFormat.DUMPLING;

  @Option(
      names = "--compress",
      paramLabel = "none|gzip|zstd",
      description = "How the files are compressed; default: none.")
  Compression compression = Compression.NONE;

  @Option(
      names = "--statement-size",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "An INSERT ends with the row that reaches this size; default: 1MB.")
  long statementSize = ExportRequest.STATEMENT_BYTES;

  @Option(
      names = "--file-size",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "About how many bytes of rows a data file holds at most; default: 256MiB.")
  long fileSize = ExportRequest.FILE_BYTES;

  @Option(
      names = "--users",
      description =
          "Write accounts and their grants too, password hashes included; with --format sql only.")
  boolean users;

  @Override
  public Result run(Context context) {
    check();
    int workers = threads.count();
    RestorePlanner planner = new RestorePlanner(selection.selection(), renames.names(), users);
    try (RepositoryOptions.Open open = repository.openForBulk(context);
        ProgressReporter progress = context.progress()) {
      BackupContents contents = BackupContents.read(open.repository(), backup);
      RestorePlan plan = planner.plan(contents.manifest(), contents.tables(), contents.objects());
      planner.notes().forEach(progress::warning);
      ExportReport report =
          new ExportFlow(open.repository(), progress)
              .run(contents.manifest(), plan, request(contents, workers));
      return Result.of(
          MoveView.json(report, directory(), format.text()),
          MoveView.text(report, directory(), format.text()));
    }
  }

  private Path directory() {
    if (to == null) {
      throw usage("--to", "no directory was named", "add --to DIR");
    }
    return to;
  }

  private void check() {
    directory();
    if (users && format != DumpFormat.SQL) {
      throw usage("--users", "accounts have no place in a dump in parts", "add --format sql");
    }
    if (statementSize > 1 << 30) {
      throw usage("--statement-size", "no server takes statements of 1 GiB", "choose 1MB to 64MB");
    }
  }

  private ExportRequest request(BackupContents contents, int workers) {
    List<String> leftOut =
        users
            ? List.of()
            : contents.objects().stream()
                .filter(o -> o.kind() == Kind.ACCOUNT)
                .map(SchemaObject::name)
                .toList();
    return new ExportRequest(
        directory(), format, compression, (int) statementSize, fileSize, workers, leftOut);
  }

  private static OpsException usage(String option, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, option, message, hint);
  }
}
