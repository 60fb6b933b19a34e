package io.nsqlops.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BackupViewTest {
  private static final Manifest MANIFEST =
      new Manifest(
          "20261124T020000Z-1a2b3c4d",
          1,
          new ServerInfo("mariadb", "11.4.5-MariaDB", "db:3306"),
          new SnapshotPoint("gtid:0-1-42", Instant.parse("2026-11-24T02:00:00Z")),
          Instant.parse("2026-11-24T02:00:00Z"),
          Instant.parse("2026-11-24T02:00:10Z"),
          Map.of("why", "test", "by", "me"),
          new Manifest.Totals(3, 1_234_567, 10 << 20, 2 << 20, 1 << 20, 9, 4),
          new StoredObject("schema", 1, "0".repeat(64)),
          List.of(),
          List.of("view v is not valid"));

  /** The names are a promise: a change here breaks somebody's script. */
  @Test
  void jsonHasThePromisedFields() {
    ObjectNode json = BackupView.json(MANIFEST, "s3://b/p");

    assertThat(json.propertyNames())
        .containsExactly(
            "id",
            "engine",
            "serverVersion",
            "server",
            "snapshot",
            "snapshotTime",
            "started",
            "finished",
            "tables",
            "rows",
            "bytes",
            "storedBytes",
            "newBytes",
            "chunks",
            "newChunks",
            "tags",
            "warnings",
            "scope",
            "partial",
            "repository");
    assertThat(json.path("snapshot").asString()).isEqualTo("gtid:0-1-42");
    assertThat(json.path("started").asString()).isEqualTo("2026-11-24T02:00:00Z");
    assertThat(json.path("rows").asLong()).isEqualTo(1_234_567);
    assertThat(json.path("tags").path("why").asString()).isEqualTo("test");
    assertThat(json.path("warnings").get(0).asString()).contains("view v");
  }

  @Test
  void textIsForPeople() {
    assertThat(BackupView.text(MANIFEST))
        .contains(
            "content   3 tables, 1,234,567 rows, 10.0 MiB",
            "stored    2.0 MiB in 9 chunks; new 1.0 MiB in 4 chunks",
            "took      10 s (1.0 MiB/s)",
            "tags      by=me why=test");
  }

  @Test
  void aListIsATable() {
    assertThat(BackupView.table(List.of(MANIFEST), Set.of()))
        .containsExactly(
            "ID                         FINISHED              ENGINE   TABLES       ROWS      SIZE"
                + "   STORED      NEW  SCOPE  TAGS",
            "20261124T020000Z-1a2b3c4d  2026-11-24 02:00:10Z  mariadb       3  1,234,567  10.0 MiB"
                + "  2.0 MiB  1.0 MiB  all    by=me why=test");
    assertThat(BackupView.table(List.of(MANIFEST), Set.of(MANIFEST.id())).get(1))
        .endsWith("all    by=me why=test (pinned)");
  }
}
