package io.nsqlops.demo;

import io.nsqlops.cli.output.Units;
import io.nsqlops.demo.shop.SampleShop;
import java.sql.SQLException;
import tools.jackson.databind.JsonNode;

/** Third act: scheduled backups; what is stored already is not stored again. */
final class ScheduleAct {
  private static final String EVERY_FEW_SECONDS = "*/5 * * * * *";

  private final Stage stage;
  private final Narrator narrator;
  private final SampleShop shop;

  ScheduleAct(Stage stage, SampleShop shop) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.shop = shop;
  }

  void play() throws SQLException, InterruptedException {
    narrator.act("Act 3: again and again, and next to nothing to store");
    narrator.say("The schedule (Quartz) runs the same backup at " + EVERY_FEW_SECONDS);
    try (ScheduledBackups schedule = ScheduledBackups.start(EVERY_FEW_SECONDS, this::backUp)) {
      schedule.awaitNext();
      narrator.say("An ordinary minute:");
      shop.changeALittle().forEach(narrator::detail);
      schedule.awaitNext();
    }
    stage.commands().run(stage.onRepository("list"));
    JsonNode all = stage.commands().figures(stage.onRepository("list"));
    Checks.equal("backups in the repository", 3, all.size());
    figures(all.get(1), all.get(2));
  }

  private void backUp() {
    narrator.say("The schedule fires");
    stage.commands().run(stage.onBoth("--source", "backup", "--threads", "4"));
  }

  private void figures(JsonNode unchanged, JsonNode changed) {
    Checks.equal("chunks stored though nothing changed", 0, unchanged.path("newChunks").asLong());
    long chunks = changed.path("chunks").asLong();
    long fresh = changed.path("newChunks").asLong();
    Checks.holds(
        fresh > 0 && fresh < chunks,
        "the last backup",
        "stored " + fresh + " of " + chunks + " chunks again");
    long bytes = changed.path("newBytes").asLong();
    String text =
        "%s of %s stored anew (%.1f %%), in %s"
            .formatted(
                Units.bytes(bytes),
                Units.bytes(changed.path("storedBytes").asLong()),
                100.0 * bytes / changed.path("storedBytes").asLong(),
                Units.count(fresh, "chunk"));
    narrator.say("Nothing changed: nothing stored. A few rows changed: " + text);
    stage.report().figure("lastBackupNewBytes", "last backup", bytes, text);
    stage.report().proven("a scheduled backup stores only the chunks that changed");
  }
}
