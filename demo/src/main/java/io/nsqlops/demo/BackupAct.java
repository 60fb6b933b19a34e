package io.nsqlops.demo;

import io.nsqlops.cli.output.Units;
import io.nsqlops.demo.shop.SampleShop;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** First act: the shop is backed up, damaged, restored and found equal. */
final class BackupAct {
  private static final int DIFFERENT = 4;
  private static final String WORKERS = "4";

  private final Stage stage;
  private final Narrator narrator;
  private final SampleShop shop;

  BackupAct(Stage stage, SampleShop shop) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.shop = shop;
  }

  void play() throws SQLException {
    narrator.act("Act 1: a backup that restores");
    long rows = makeShop();
    backUp(rows);
    List<String> before = shop.fingerprint();
    damage();
    restore(rows, before);
  }

  private long makeShop() throws SQLException {
    narrator.say("MariaDB runs at " + stage.source() + "; a sample shop is made in it");
    shop.create(
        (table, rows, took) ->
            narrator.detail(
                "%-20s %9s rows in %s".formatted(table, Units.count(rows), Units.duration(took))));
    narrator.say(
        "In it: a cycle of foreign keys and one across databases, views on views, a trigger, a"
            + " procedure, a function, an event, a sequence, an account, generated columns, JSON,"
            + " BLOB, BIT, POINT, emoji, zero dates, a table without a key, names that need quotes");
    long all = 0;
    for (SampleShop.Database database : shop.databases()) {
      narrator.detail(
          "%-6s %2d tables  %9s rows  %9s"
              .formatted(
                  database.name(),
                  database.tables(),
                  Units.count(database.rows()),
                  Units.bytes(database.bytes())));
      all += database.rows();
    }
    return all;
  }

  private void backUp(long rows) {
    narrator.say("An encrypted repository; the passphrase is random, in a file only we can read");
    stage.commands().run(stage.onRepository("init"));
    stage.commands().run(stage.onBoth("--source", "backup", "--threads", WORKERS));
    stage.commands().run(stage.onRepository("list"));
    stage.commands().run(stage.onRepository("show", "latest"));
    JsonNode made = stage.commands().figures(stage.onRepository("list")).get(0);
    Checks.equal("rows in the backup", rows, made.path("rows").asLong());
    stage.report().backup(rows, made.path("bytes").asLong(), made.path("storedBytes").asLong());
  }

  private void damage() throws SQLException {
    narrator.say("A bad night:");
    shop.damage().forEach(narrator::detail);
    narrator.say("What is different now?");
    stage.commands().expect(DIFFERENT, stage.onBoth("--source", "diff", "latest"));
  }

  private void restore(long rows, List<String> before) throws SQLException {
    narrator.say("Everything back; every row is read again and compared by its digest");
    String[] restore = {"restore", "latest", "--existing", "replace", "--threads", WORKERS};
    stage.commands().run(stage.onBoth("--target", restore));
    stage.commands().run(stage.onBoth("--source", "diff", "latest"));
    narrator.say(
        "What the server itself says, before and after: checksums of all tables computed in SQL,"
            + " definitions, counters, grants");
    Checks.equal("what the server itself says", before, shop.fingerprint());
    narrator.detail(before.size() + " lines, all equal");
    stage
        .report()
        .proven(
            Units.count(rows)
                + " rows restored, read back and equal by digest; the server's own checksums"
                + " and definitions agree");
  }
}
