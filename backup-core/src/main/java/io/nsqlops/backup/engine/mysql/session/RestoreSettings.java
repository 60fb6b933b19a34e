package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;

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

  /** Runs an action under another sql_mode. */
  public static void underMode(Session session, String mode, Runnable action) {
    try {
      session.execute("SET SESSION sql_mode=" + Sql.string(mode));
      action.run();
    } finally {
      session.execute(MODE);
    }
  }

  /** Runs an action under settings of an object's author, and goes back behind it. */
  public static void under(Session session, SchemaObject object, Runnable action) {
    if (object.session().isEmpty()) {
      action.run();
      return;
    }
    try {
      object
          .settings()
          .forEach(
              s -> session.execute("SET SESSION " + s.getKey() + "=" + Sql.string(s.getValue())));
      action.run();
    } finally {
      session.execute("SET NAMES utf8mb4"); // first: see SchemaObject.settings
      session.execute(MODE);
      session.execute("SET SESSION character_set_results=NULL, time_zone='+00:00'");
    }
  }
}
