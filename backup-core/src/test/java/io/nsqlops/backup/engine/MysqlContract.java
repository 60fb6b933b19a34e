package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.flow.RestoreFlow.Existing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is the same for every release of MySQL. */
abstract class MysqlContract extends EngineContract {
  @Override
  protected String script() {
    return "mysql.sql";
  }

  @Override
  protected String insertOfNextId() {
    return "INSERT INTO hard.gen (a) VALUES (9)";
  }

  @Override
  protected Map<String, String> timeLimits() {
    return Map.of(
        "wait_timeout", "1",
        "max_execution_time", "1000");
  }

  @Override
  protected Map<String, String> restrictions() {
    return Map.of(
        "sql_select_limit", "2",
        "sql_safe_updates", "1",
        "transaction_read_only", "1",
        "max_join_size", "1",
        "sql_big_selects", "0",
        "completion_type", "'CHAIN'",
        "explicit_defaults_for_timestamp", "0");
  }

  /** From their text they would be read as doubles. */
  @Test
  void decimalsInJsonStayDecimals() throws SQLException {
    execute(
        "CREATE DATABASE big",
        "CREATE TABLE big.price (id INT, j JSON, t TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE"
            + " CURRENT_TIMESTAMP)",
        "INSERT INTO big.price (id, j, t) VALUES"
            + " (1, JSON_OBJECT('price', CAST(19.90 AS DECIMAL(10,2))), '2020-01-01'),"
            + " (2, JSON_OBJECT('n', 12345678901234567890.123456789, 'k\"b\\\\s''.[0] ü', JSON_ARRAY(1,"
            + " 20.00, JSON_OBJECT('', -0.50))), '2020-01-01'),"
            + " (3, CAST('{\"a\": 1.5, \"b\": 1e20, \"c\": [1.0, -2.25]}' AS JSON), NULL),"
            + " (4, NULL, NULL), (5, CAST(7.10 AS JSON), NULL),"
            + " (6, CAST(123456789012345678901234567890 AS JSON), NULL),"
            + " (7, JSON_OBJECT('d', TIMESTAMP '2020-01-01 00:00:00', 'x', 'y: 1.00'), NULL)");
    Map<String, List<String>> before = engine().state(List.of("big"));
    engine().backup(repository(), "big");
    engine().restore(repository(), Existing.REPLACE);
    assertThat(engine().state(List.of("big"))).isEqualTo(before);
  }

  /** The server remembers whether a collation was said or is the default. */
  @Test
  void collationsAreComparedAndNotHowTheyArePrinted() throws SQLException {
    execute(
        "CREATE DATABASE big",
        "CREATE TABLE big.t (said VARCHAR(9) CHARACTER SET latin1, `COLLATE x` TEXT,"
            + " e ENUM('a CHARACTER SET utf8mb4','),') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)"
            + " CHARSET latin1",
        "ALTER TABLE big.t CHARSET utf8mb4 COLLATE utf8mb4_bin, ADD late VARCHAR(9)");
    engine().backup(repository(), "big");
    String before = shown("big.t");
    engine().restore(repository(), Existing.REPLACE);
    assertThat(shown("big.t")).as("else this shows nothing").isNotEqualTo(before);
    assertThat(engine().diff(repository(), "big").definitions()).isEmpty();
    execute("ALTER TABLE big.t MODIFY late VARCHAR(9) COLLATE utf8mb4_general_ci");
    assertThat(engine().diff(repository(), "big").definitions()).hasSize(1);
  }

  @Test
  void whatIsComputedFromTimestampsIsSoInTheServersZone() throws SQLException {
    LocalTime.isThatOfTheServer(engine(), repository());
  }

  private String shown(String table) throws SQLException {
    try (Connection connection = engine().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW CREATE TABLE " + table)) {
      rows.next();
      return rows.getString(2);
    }
  }

  @Override
  protected List<String> databases() {
    return List.of("hard", "em`pty db", "em`pty db 2");
  }

  @Override
  protected List<String> invalidViews() {
    return List.of("invalid_v");
  }
}
