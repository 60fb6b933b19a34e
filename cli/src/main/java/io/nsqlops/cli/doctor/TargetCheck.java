package io.nsqlops.cli.doctor;

import io.nsqlops.backup.engine.Preflight;
import io.nsqlops.backup.engine.Snapshot;
import io.nsqlops.backup.engine.SnapshotExporter;
import io.nsqlops.backup.engine.SnapshotImporter;
import io.nsqlops.cli.context.Database;
import java.time.Clock;
import java.time.Instant;

/** Asks a server what a restore asks before it writes. Writes nothing. */
public final class TargetCheck {
  private static final String SUBJECT = "target";
  private final Checklist list;
  private final Clock clock;

  public TargetCheck(Checklist list, Clock clock) {
    this.list = list;
    this.clock = clock;
  }

  /** Connects as a restore does. */
  public void run(Database database) {
    list.well(
        SUBJECT,
        "connect",
        database.server().address()
            + " is "
            + database.server().engine()
            + " "
            + database.server().version());
    list.attempt(SUBJECT, "clock", () -> time(database));
    list.attempt(SUBJECT, "load", database::importer).ifPresent(this::load);
  }

  private boolean time(Database database) {
    Instant before = clock.instant();
    try (SnapshotExporter exporter = database.exporter();
        Snapshot now = exporter.openUnlocked(1)) {
      list.clock(SUBJECT, before, now.point().time());
      return true;
    }
  }

  private void load(SnapshotImporter importer) {
    try (importer) {
      Preflight said = importer.preflight();
      said.problems().forEach(p -> list.ill(SUBJECT, "load", p, "mend this before a restore"));
      said.notes().forEach(n -> list.well(SUBJECT, "load", n));
      if (said.problems().isEmpty() && said.notes().isEmpty()) {
        list.well(SUBJECT, "load", "rows can be loaded");
      }
      list.check(
          SUBJECT,
          "content",
          () ->
              importer
                  .unfinished()
                  .map(id -> "an unfinished restore of " + id + " is there")
                  .orElseGet(() -> importer.existing().size() + " tables and views are there"));
    }
  }
}
