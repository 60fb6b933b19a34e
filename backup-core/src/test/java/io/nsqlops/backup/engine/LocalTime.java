package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.flow.RestoreFlow;
import io.nsqlops.backup.flow.RestoreFlow.Existing;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.plan.RestorePlanner;
import io.nsqlops.backup.repository.Repository;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A server that is not in UTC, where days and hours of timestamps are stored and tested. */
final class LocalTime {
  private static final List<String> SCRIPT =
      List.of(
          "SET time_zone='+05:30'",
          "CREATE DATABASE zoned",
          "USE zoned",
          "CREATE TABLE day (id INT PRIMARY KEY, ts TIMESTAMP NULL, d DATE AS (DATE(ts)) STORED,"
              + " h INT AS (HOUR(ts)) VIRTUAL, KEY (d), KEY (h))",
          "INSERT INTO day (id, ts) VALUES (1,'2024-03-01 02:00:00'), (2,'2024-03-01 12:00:00')",
          "CREATE TABLE shift (id INT PRIMARY KEY, shop INT, ts TIMESTAMP NOT NULL DEFAULT '2024-01-01',"
              + " d DATE AS (DATE(ts)) STORED, UNIQUE KEY one_per_day (shop, d),"
              + " CONSTRAINT working CHECK (HOUR(ts) BETWEEN 9 AND 17))",
          "INSERT INTO shift (id, shop, ts) VALUES (1,1,'2024-03-01 09:30:00'),"
              + " (2,1,'2024-03-02 09:15:00'), (3,1,'2024-02-29 17:00:00')");

  private LocalTime() {}

  /** What a restore computes is what was computed, and what was allowed is allowed. */
  static void isThatOfTheServer(TestedEngine engine, Repository repository) throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET GLOBAL time_zone='+05:30'");
      try {
        for (String sql : SCRIPT) {
          statement.execute(sql);
        }
        Map<String, List<String>> before = engine.state(List.of("zoned"));
        // in hexadecimal digits: the local day beside the time in UTC
        assertThat(before.getOrDefault("rows of `zoned`.`day`", List.of()).get(0))
            .contains("323032342D30332D3031") // 2024-03-01
            .contains("323032342D30322D32392032303A33303A3030"); // 2024-02-29 20:30:00
        engine.backup(repository, "zoned");
        statement.execute("DROP DATABASE zoned");

        RestoreFlow.Report report = engine.restore(repository, Existing.FAIL);
        assertThat(report.missing()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(engine.state(List.of("zoned"))).isEqualTo(before);

        statement.execute("DELETE FROM zoned.day");
        RestorePlanner rows =
            new RestorePlanner(new Selection(List.of("zoned.day"), List.of()), Map.of(), false)
                .only(Content.DATA);
        engine.restore(repository, rows, Existing.FAIL);
        assertThat(engine.state(List.of("zoned"))).isEqualTo(before);
      } finally {
        statement.execute("SET GLOBAL time_zone='SYSTEM'");
        statement.execute("DROP DATABASE IF EXISTS zoned");
      }
    }
  }
}
