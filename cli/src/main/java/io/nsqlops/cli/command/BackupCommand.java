package io.nsqlops.cli.command;

import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.BackupFlow;
import io.nsqlops.backup.flow.Pace;
import io.nsqlops.backup.flow.RateLimit;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.cli.context.Connecting;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.ByteRate;
import io.nsqlops.cli.options.ContentOptions;
import io.nsqlops.cli.options.DatabaseOptions;
import io.nsqlops.cli.options.KeyValues;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.options.Seconds;
import io.nsqlops.cli.options.SelectionOptions;
import io.nsqlops.cli.options.ThreadsOption;
import io.nsqlops.cli.options.WhereOption;
import io.nsqlops.cli.output.BackupView;
import io.nsqlops.cli.output.ProgressReporter;
import io.nsqlops.cli.output.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Backs a server up. */
@CommandLine.Command(name = "backup", description = "Make one consistent backup of a server.")
public final class BackupCommand implements Command {
  @Option(names = "--source", paramLabel = "DB", description = "The server to back up.")
  @Nullable String source;

  @Mixin final DatabaseOptions databases = new DatabaseOptions();
  @Mixin final RepositoryOptions repository = new RepositoryOptions();
  @Mixin final SelectionOptions selection = new SelectionOptions();
  @Mixin final ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--tag",
      paramLabel = "K=V",
      description = "A label of the backup. May be repeated.")
  List<String> tags = new ArrayList<>();

  @Mixin final WhereOption where = new WhereOption();
  @Mixin final ContentOptions content = new ContentOptions();

  @Option(
      names = "--max-read-rate",
      paramLabel = "RATE",
      converter = ByteRate.class,
      description = "Read at most this many bytes of rows in a second: 50MiB. Default: no limit.")
  long maxReadRate;

  @Option(
      names = "--max-upload-rate",
      paramLabel = "RATE",
      converter = ByteRate.class,
      description = "Store at most this many bytes in a second. Default: no limit.")
  long maxUploadRate;

  @Option(
      names = "--lock-wait",
      paramLabel = "TIME",
      converter = Seconds.class,
      description = "How long to wait for long statements and locks of others; default: 60s.")
  Duration lockWait = BackupFlow.Request.LOCK_WAIT;

  private BackupFlow.Request request() {
    Scope scope = new Scope(selection.selection(), where.filter(), content.content());
    Pace pace = new Pace(new RateLimit(maxReadRate), new RateLimit(maxUploadRate), RateLimit.NONE);
    return new BackupFlow.Request(
        scope, threads.count(), KeyValues.of("--tag", tags), pace, lockWait);
  }

  /** It counts as the latest, and would restore nothing. */
  private static OpsException withoutTables(Manifest made) {
    return new OpsException(
        ErrorKind.PARTIAL,
        made.id(),
        "backup %s holds no table: the server has none, or the account has no right on any"
            .formatted(made.id()),
        "see `nsql-ops doctor` for the rights that are needed; `nsql-ops prune` can remove it");
  }

  @Override
  public Result run(Context context) {
    BackupFlow.Request request = request();
    Connecting connecting = Connecting.start(() -> databases.source(context, source));
    try (RepositoryOptions.Open open = repository.openForBulk(context);
        SnapshotExporter exporter = connecting.get().exporter();
        ProgressReporter progress = context.progress()) {
      Repository target = open.repository();
      Manifest made = new BackupFlow(exporter, target, context.clock(), progress).run(request);
      Result result = Result.of(BackupView.json(made, target.location()), BackupView.text(made));
      boolean nothing = made.totals().tables() == 0 && made.scope().selection().isAll();
      return nothing ? result.failing(withoutTables(made)) : result;
    }
  }
}
