package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.cockroachdb.CockroachLog;
import io.nsqlops.logs.parse.mariadb.MariadbErrorLog;
import io.nsqlops.logs.parse.mysql.MysqlErrorLog;
import io.nsqlops.logs.parse.mysqlslow.MysqlSlowLog;
import io.nsqlops.logs.parse.mysqlslow.Writer;
import io.nsqlops.logs.parse.oceanbase.OceanbaseLog;
import io.nsqlops.logs.parse.plain.PlainText;
import io.nsqlops.logs.parse.rocksdb.RocksdbLog;
import io.nsqlops.logs.parse.statements.StatementLog;
import io.nsqlops.logs.parse.tidbslow.TidbSlowLog;
import io.nsqlops.logs.parse.unified.Component;
import io.nsqlops.logs.parse.unified.UnifiedLog;
import java.util.List;
import java.util.Locale;

/** Makes the formats for one file. */
final class FormatCatalog {
  private static final List<String> OCEANBASE_KINDS =
      List.of("rootservice", "election", "trace", "alert");

  private final SourceConfig source;
  private final String nameHint;
  private final String place;

  /**
   * Makes one for a file.
   *
   * @param nameHint the name of the container or file, which may tell which program writes it
   * @param place the path of the file, or the name of the pod, which may tell of a cluster of TiDB
   */
  FormatCatalog(SourceConfig source, String nameHint, String place) {
    this.place = place;
    this.source = source;
    this.nameHint = nameHint;
  }

  /** The format of this name, as configured or remembered. */
  LineFormat named(String name) {
    for (Component component : Component.values()) {
      if (component.key().equals(name)) {
        return new UnifiedLog(component);
      }
    }
    return switch (name) {
      case "tidb-slow" -> new TidbSlowLog();
      case "tidb-statements" -> new StatementLog();
      case "rocksdb" -> new RocksdbLog(source.timeZone());
      case "cockroachdb" -> new CockroachLog();
      case "oceanbase" -> new OceanbaseLog(oceanbaseKind(), source.timeZone());
      case "mysql" -> new MysqlErrorLog(source.timeZone(), !inContainer());
      case "mysql-slow" -> new MysqlSlowLog(source.timeZone(), writer(), !inContainer());
      case "mariadb" -> new MariadbErrorLog(source.timeZone(), !inContainer());
      default -> plain();
    };
  }

  /** What lines are taken as until a format recognises one. */
  LineFormat plain() {
    return new PlainText(source.multiline(), source.timeZone(), !inContainer());
  }

  /** The formats a file of unknown format may be of. */
  List<LineFormat> candidates() {
    return List.of(
        named("oceanbase"),
        named("cockroachdb"),
        named("mysql"),
        new UnifiedLog(Component.named(nameHint).orElse(Component.TIDB)),
        named("mariadb"),
        // Before TiDB's, whose first line may be the same: the name or an earlier line told.
        named("mysql-slow"),
        named("tidb-slow"),
        named("tidb-statements"),
        named("rocksdb"));
  }

  private boolean inContainer() {
    return source.envelope().isContainer();
  }

  private Writer writer() {
    String name = nameHint.toLowerCase(Locale.ROOT);
    if (name.contains("mysql") || name.contains("maria")) {
      return Writer.MYSQL;
    }
    return place.toLowerCase(Locale.ROOT).contains("tidb") ? Writer.TIDB : Writer.UNKNOWN;
  }

  private String oceanbaseKind() {
    return OCEANBASE_KINDS.stream().filter(nameHint::contains).findFirst().orElse("observer");
  }
}
