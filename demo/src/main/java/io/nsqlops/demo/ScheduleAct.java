package io.nsqlops.demo;

import io.nsqlops.demo.shop.SampleShop;
import java.sql.SQLException;

/** Third act: scheduled backups; the second stores next to nothing. */
final class ScheduleAct {
  private final Stage stage;
  private final SampleShop shop;

  ScheduleAct(Stage stage, SampleShop shop) {
    this.stage = stage;
    this.shop = shop;
  }

  void play() throws SQLException {
    stage.narrator().act("Act 3: every night, and next to nothing to store");
    shop.changeALittle().forEach(stage.narrator()::detail);
    stage.commands().run(stage.onBoth("--source", "backup"));
  }
}
