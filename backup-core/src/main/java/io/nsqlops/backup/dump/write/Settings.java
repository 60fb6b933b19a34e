package io.nsqlops.backup.dump.write;

import io.nsqlops.backup.model.SchemaObject;
import java.util.Map;

/**
 * The session settings that scripts are loaded under, so that every value comes out as it is.
 * Statements in conditional comments, as all tools of this kind write them.
 */
final class Settings {
  private static final String MODE = "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES";

  private Settings() {}

  /** For a file of a dump in parts: each is loaded by a session of its own. */
  static String of(String engine) {
    return "/*!40101 SET NAMES utf8mb4 */;\n"
        + "/*!40014 SET FOREIGN_KEY_CHECKS=0 */;\n"
        + "/*!40014 SET UNIQUE_CHECKS=0 */;\n"
        + "/*!40101 SET SQL_MODE='"
        + MODE
        + "' */;\n"
        + "/*!40103 SET TIME_ZONE='+00:00' */;\n"
        + ofEngine(engine);
  }

  /** What only one kind of server knows. */
  private static String ofEngine(String engine) {
    return switch (engine) {
      case "mariadb" -> "/*M!100201 SET check_constraint_checks=0, innodb_strict_mode=0 */;\n";
      case "tidb" -> "/*T! SET allow_auto_random_explicit_insert=1 */;\n";
      default -> "";
    };
  }

  /** For one script of everything: what was set before comes back at its end. */
  static String begin(String engine) {
    return """
        /*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
        /*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
        /*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
        /*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
        /*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS */;
        /*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS */;
        /*!40101 SET @OLD_SQL_MODE=@@SQL_MODE */;
        """
        + keepingOfEngine(engine)
        + of(engine);
  }

  private static String keepingOfEngine(String engine) {
    return switch (engine) {
      case "mariadb" ->
          """
          /*M!100201 SET @OLD_CHECK_CONSTRAINT_CHECKS=@@check_constraint_checks */;
          /*M!100201 SET @OLD_INNODB_STRICT_MODE=@@innodb_strict_mode */;
          """;
      case "tidb" ->
          """
          /*T! SET @OLD_ALLOW_AUTO_RANDOM=@@allow_auto_random_explicit_insert */;
          """;
      default -> "";
    };
  }

  private static String againOfEngine(String engine) {
    return switch (engine) {
      case "mariadb" ->
          """
          /*M!100201 SET innodb_strict_mode=@OLD_INNODB_STRICT_MODE */;
          /*M!100201 SET check_constraint_checks=@OLD_CHECK_CONSTRAINT_CHECKS */;
          """;
      case "tidb" ->
          """
          /*T! SET allow_auto_random_explicit_insert=@OLD_ALLOW_AUTO_RANDOM */;
          """;
      default -> "";
    };
  }

  static String end(String engine) {
    return againOfEngine(engine)
        + """
        /*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
        /*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
        /*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
        /*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;
        /*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
        /*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
        /*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
        """;
  }

  /** Those that an object was made under. */
  static String of(SchemaObject object) {
    StringBuilder sql = new StringBuilder();
    for (Map.Entry<String, String> setting : object.settings()) {
      sql.append("SET SESSION ")
          .append(setting.getKey())
          .append('=')
          .append(SqlText.string(setting.getValue()))
          .append(";\n");
    }
    return sql.toString();
  }

  /** Ours again after {@link #of(SchemaObject)}. */
  static String after(SchemaObject object) {
    return object.session().isEmpty()
        ? ""
        : "SET NAMES utf8mb4;\nSET SESSION sql_mode='" + MODE + "', time_zone='+00:00';\n";
  }

  static String use(String database) {
    return "USE " + SqlText.name(database) + ";\n";
  }
}
