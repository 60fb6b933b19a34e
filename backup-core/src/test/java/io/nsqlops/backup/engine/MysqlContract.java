package io.nsqlops.backup.engine;

import java.util.List;
import java.util.Map;

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

  @Override
  protected List<String> databases() {
    return List.of("hard", "em`pty db", "em`pty db 2");
  }

  @Override
  protected List<String> invalidViews() {
    return List.of("invalid_v");
  }
}
