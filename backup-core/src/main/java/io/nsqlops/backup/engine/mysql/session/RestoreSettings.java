package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;
import java.util.List;
import java.util.Set;

/** What a restoring session is set to, and, for a while, what an object was made under. */
public final class RestoreSettings {
  /**
   * Takes every value a backup can hold, and generates none; keeps options that no storage engine
   * knows, which are MariaDB's only.
   */
  public static final String MODE =
      "SET SESSION sql_mode=CONCAT('NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'"
          + "/*M!100005 ,',IGNORE_BAD_TABLE_OPTIONS'*/)";

  private static final List<String> LENIENT =
      List.of(
          "innodb_strict_mode=OFF",
          "sql_require_primary_key=OFF",
          "sql_generate_invisible_primary_key=OFF",
          "restrict_fk_on_non_standard_key=OFF",
          "explicit_defaults_for_timestamp=ON",
          // MariaDB 11.2: a character set alone means another collation than where it was printed
          "character_set_collations=''");

  /** An unknown variable; one that is global or read only. */
  private static final Set<Integer> NOT_TO_BE_SET = Set.of(1193, 1229, 1238);

  private RestoreSettings() {}

  /**
   * Has definitions taken that a server took once, and refuses by its defaults of today, or adds
   * to: table options without a meaning, rows that may become too large, foreign keys to what is
   * not unique, tables without a primary key, timestamps without a default, character sets without
   * a collation. Some servers know not all of them, or let not every account say so; there the
   * default stays.
   */
  public static void lenient(Session session) {
    LENIENT.forEach(setting -> tryTo(session, setting));
  }

  private static void tryTo(Session session, String setting) {
    try {
      session.execute("SET SESSION " + setting);
    } catch (OpsException e) {
      if (!MysqlErrors.isRights(e) && !NOT_TO_BE_SET.contains(MysqlErrors.code(e))) {
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
