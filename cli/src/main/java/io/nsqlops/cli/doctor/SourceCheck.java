package io.nsqlops.cli.doctor;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.engine.Accounts;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.TableReader;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.TableEstimate;
import io.nsqlops.backup.plan.RestorePlan;
import io.nsqlops.cli.context.Database;
import io.nsqlops.cli.output.Units;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Does what a backup does, but reads one row of each table only. */
public final class SourceCheck {
  private static final String SUBJECT = "source";
  private static final int MOST_TABLES = 1000;

  private final Checklist list;
  private final Clock clock;

  public SourceCheck(Checklist list, Clock clock) {
    this.list = list;
    this.clock = clock;
  }

  /** Opens a snapshot and reads a little of everything at it. */
  public void run(Database database) {
    list.well(
        SUBJECT,
        "connect",
        database.server().address()
            + " is "
            + database.server().engine()
            + " "
            + database.server().version());
    Instant before = clock.instant();
    try (SnapshotExporter exporter = database.exporter()) {
      list.attempt(SUBJECT, "snapshot", () -> exporter.open(1))
          .ifPresent(snapshot -> within(snapshot, before));
    }
    if (!list.allWell(SUBJECT)) {
      list.ill(
          SUBJECT,
          "rights",
          "a backup needs all of these, for every database: " + rights(database.server().engine()),
          "GRANT them ON *.*: tables the user may not see are not in the backup");
    }
  }

  private static String rights(String engine) {
    String all = "SELECT, SHOW VIEW, TRIGGER, EVENT, SHOW DATABASES";
    return switch (engine) {
      case "mariadb" -> all + ", RELOAD";
      case "mysql" -> all + ", RELOAD, BACKUP_ADMIN, REPLICATION CLIENT";
      default -> all;
    };
  }

  private void within(Snapshot snapshot, Instant before) {
    try (snapshot) {
      Duration took = Duration.between(before, clock.instant());
      list.well(
          SUBJECT,
          "snapshot",
          snapshot.point().position() + ", opened in " + took.toMillis() + " ms");
      list.clock(SUBJECT, before, snapshot.point().time());
      list.attempt(SUBJECT, "restore", snapshot::unfinishedRestore)
          .flatMap(unfinished -> unfinished)
          .ifPresent(this::halfRestored);
      list.check(SUBJECT, "definitions", () -> definitions(snapshot));
      list.attempt(SUBJECT, "definitions", () -> snapshot.blindSpots(any -> true))
          .ifPresent(this::blindSpots);
      list.attempt(SUBJECT, "accounts", snapshot::accounts).ifPresent(this::accounts);
      list.attempt(SUBJECT, "tables", snapshot::tables).ifPresent(tables -> read(snapshot, tables));
      list.attempt(
          SUBJECT,
          "hold",
          () -> {
            snapshot.proveHeld();
            return true;
          });
    }
  }

  private void halfRestored(String restoreId) {
    list.ill(
        SUBJECT,
        "restore",
        "a restore of %s is unfinished: a backup would be of a half restored server"
            .formatted(RestorePlan.backupIdOf(restoreId)),
        "finish it with the command it was begun with, or give it up with DROP DATABASE"
            + " nsql_ops_restore");
  }

  private static String definitions(Snapshot snapshot) {
    List<SchemaObject> objects = snapshot.objects();
    long doubtful = objects.stream().filter(o -> !o.warning().isEmpty()).count();
    return Units.count(objects.size(), "definition")
        + " can be read (databases, views, routines, triggers and events)"
        + (doubtful == 0 ? "" : "; " + doubtful + " of them are not valid in the server itself");
  }

  private void blindSpots(List<String> unseen) {
    for (String line : unseen) {
      list.ill(
          SUBJECT,
          "definitions",
          line,
          "GRANT the right to the user of the backup, or change the setting");
    }
  }

  private void accounts(Accounts accounts) {
    long count = accounts.objects().stream().filter(o -> o.kind() == Kind.ACCOUNT).count();
    if (accounts.warnings().isEmpty()) {
      list.well(SUBJECT, "accounts", count + " accounts can be read");
    }
    String hint =
        accounts.objects().isEmpty()
            ? "GRANT SELECT ON mysql.* to the user"
            : "a restore cannot make it: keep a note of it elsewhere";
    for (String warning : accounts.warnings()) {
      list.ill(SUBJECT, "accounts", warning, hint);
    }
  }

  private void read(Snapshot snapshot, List<TableEstimate> tables) {
    int failures = 0;
    List<TableEstimate> some = tables.subList(0, Math.min(MOST_TABLES, tables.size()));
    try (TableReader reader = snapshot.reader()) {
      for (TableEstimate table : some) {
        try {
          reader.read(reader.describe(table.name()), KeyRange.all(), 1, new OneRow());
        } catch (OpsException e) {
          failures++;
          list.ill(SUBJECT, "read", table.name() + ": " + e.getMessage(), e.hint());
        } catch (OutOfMemoryError e) {
          failures++;
          list.ill(
              SUBJECT,
              "read",
              table.name() + ": a row of it does not fit into the heap",
              "give more to backups and restores, with NSQL_OPS_HEAP=1g");
        }
      }
    }
    if (failures == 0) {
      String rest = some.size() < tables.size() ? " (the first of " + tables.size() + ")" : "";
      list.well(SUBJECT, "read", some.size() + " tables can be read" + rest);
    }
  }

  private record OneRow(RowBuffer buffer) implements RowSink {
    OneRow() {
      this(new RowBuffer(1 << 16));
    }

    @Override
    public boolean row(int start, int keyEnd) {
      return false;
    }
  }
}
