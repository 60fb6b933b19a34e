package io.nsqlops.backup.engine.mysql.session;

import java.util.Map;

/** What a restoring session is set to, and, for a while, what an object was made under. */
public final class RestoreSettings {
  /** Takes every value a backup can hold, and generates none. */
  public static final String MODE =
      "SET SESSION sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'";

  private RestoreSettings() {}

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
