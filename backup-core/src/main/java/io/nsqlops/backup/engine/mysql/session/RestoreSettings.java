package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.error.OpsException;
import java.util.Map;

/** What a restoring session is set to, and, for a while, what an object was made under. */
public final class RestoreSettings {
  /** Takes every value a backup can hold, and generates none. */
  public static final String MODE =
      "SET SESSION sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'";

  private static final int UNKNOWN_VARIABLE = 1193;

  private RestoreSettings() {}

  /**
   * Has definitions taken that a server took once, and refuses by its defaults of today: table
   * options without a meaning, rows that may become too large. Some servers let not every account
   * say so; there the default stays.
   */
  public static void lenient(Session session) {
    try {
      session.execute("SET SESSION innodb_strict_mode=OFF");
    } catch (OpsException e) {
      if (!MysqlErrors.isRights(e) && MysqlErrors.code(e) != UNKNOWN_VARIABLE) {
        throw e;
      }
    }
  }

  /** Runs an action under settings of an object's author, and goes back behind it. */
  public static void under(Session session, Map<String, String> settings, Runnable action) {
    if (settings.isEmpty()) {
      action.run();
      return;
    }
    try {
      settings.forEach(
          (name, value) -> session.execute("SET SESSION " + name + "=" + Sql.string(value)));
      action.run();
    } finally {
      session.execute(MODE);
      session.execute("SET NAMES utf8mb4");
      session.execute("SET SESSION character_set_results=NULL, time_zone='+00:00'");
    }
  }
}
