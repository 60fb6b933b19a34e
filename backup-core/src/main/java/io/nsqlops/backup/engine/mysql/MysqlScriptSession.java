package io.nsqlops.backup.engine.mysql;

import io.nsqlops.backup.engine.CsvContent;
import io.nsqlops.backup.engine.ScriptSession;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.engine.mysql.session.Warning;
import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.backup.engine.mysql.target.LoadColumns;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Quoting;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.TableName;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One session that runs a script. */
final class MysqlScriptSession implements ScriptSession {
  private static final String FORMAT =
      " CHARACTER SET binary FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'"
          + " ESCAPED BY '\\\\' LINES TERMINATED BY ";

  /** Of columns without text, too. */
  private static final Set<String> BYTES_OF_UTF8 =
      Set.of("", "utf8", "utf8mb3", "utf8mb4", "ascii", "binary");

  private static final int DATA_TRUNCATED = 1265;

  /** Values of generated columns, which some tools write too; and what is out of fashion. */
  private static final Set<Integer> HARMLESS = Set.of(1906, 1287, 1681, 3719, 3778, 6414);

  /** Modes that refuse or change rows another server held. */
  private static final Set<String> PICKY =
      Set.of(
          "STRICT_TRANS_TABLES",
          "STRICT_ALL_TABLES",
          "TRADITIONAL",
          "NO_ZERO_DATE",
          "NO_ZERO_IN_DATE",
          "ALLOW_INVALID_DATES");

  private final String address;
  private final Session session;
  private final Dialect dialect;
  private final Catalogue catalogue;
  private boolean relaxed;

  MysqlScriptSession(Session session, ServerInfo server, Dialect dialect) {
    this.session = session;
    this.address = server.address();
    this.dialect = dialect;
    this.catalogue = new Catalogue(session, address);
  }

  @Override
  public void run(byte[] statement) {
    if (relaxed) {
      session.execute("SET sql_mode=@nsql_ops_mode");
      relaxed = false;
    }
    session.execute(statement);
  }

  @Override
  public Optional<String> insert(byte[] statement) {
    relax();
    return kept(session.execute(statement));
  }

  /** A script that sets a mode of its own drops ours with it. */
  private void relax() {
    if (!relaxed) {
      List<String> modes = new ArrayList<>(List.of(mode().split(",")));
      modes.removeIf(m -> m.isEmpty() || PICKY.contains(m));
      modes.add("ALLOW_INVALID_DATES");
      session.execute("SET @nsql_ops_mode=@@sql_mode, sql_mode='" + String.join(",", modes) + "'");
      relaxed = true;
    }
  }

  @Override
  public Optional<String> load(byte[] statement, InputStream content) {
    relax();
    return kept(session.load(statement, content));
  }

  @Override
  public Optional<String> loadCsv(TableName table, CsvContent csv) {
    Map<String, Column> known = new HashMap<>();
    catalogue.each(
        "SELECT COLUMN_NAME, DATA_TYPE, COALESCE(CHARACTER_SET_NAME,'') FROM"
            + " information_schema.COLUMNS WHERE TABLE_SCHEMA=? AND TABLE_NAME=?",
        List.of(table.database(), table.table()),
        row ->
            known.put(
                row.getString(1),
                new Column(row.getString(1), row.getString(2), row.getString(3))));
    List<Column> fields =
        csv.columns().stream().map(c -> known.getOrDefault(c, new Column(c, "", ""))).toList();
    String sql =
        "LOAD DATA LOCAL INFILE 'csv' INTO TABLE "
            + Sql.name(table)
            + FORMAT
            + (csv.carriageReturn() ? "'\\r\\n' " : "'\\n' ")
            + LoadColumns.of(
                fields,
                c ->
                    dialect.isConverted(c) || (csv.utf8() && !BYTES_OF_UTF8.contains(c.charset())));
    relax();
    Session.Done done = session.load(sql.getBytes(StandardCharsets.UTF_8), csv.content());
    Optional<String> told = kept(done);
    if (done.affected() != csv.records().getAsLong()) {
      throw unfit(
          "took %d of %d rows of %s".formatted(done.affected(), csv.records().getAsLong(), table));
    }
    return told;
  }

  private Optional<String> kept(Session.Done done) {
    if (done.warnings() == 0) {
      return Optional.empty();
    }
    List<Warning> all = catalogue.warnings();
    if (all.size() != done.warnings()) {
      throw unfit("warned of " + done.warnings() + " values at once, and shows not all of it");
    }
    List<Warning> shown =
        all.stream()
            .filter(w -> !w.level().equalsIgnoreCase("Note") && !HARMLESS.contains(w.code()))
            .toList();
    for (Warning warning : shown) {
      if (!isErrorValue(warning) && !isOfGenerated(warning)) {
        throw unfit("took rows otherwise than they are: " + warning);
      }
    }
    return shown.stream()
        .filter(this::isErrorValue)
        .findFirst()
        .map(w -> w + ": taken as the error value of ENUM or SET");
  }

  private OpsException unfit(String what) {
    return new OpsException(
        ErrorKind.USAGE,
        address,
        address + " " + what,
        "use a scratch server of the kind and version the dump was made of");
  }

  /** An empty text that is no member is stored again as what it was, but not without a warning. */
  private boolean isErrorValue(Warning warning) {
    return warning.code() == DATA_TRUNCATED
        && warning
            .column()
            .filter(c -> hasColumn("DATA_TYPE IN ('enum', 'set') AND COLUMN_NAME=?", List.of(c)))
            .isPresent();
  }

  /** What the server computes need not fit; it warned of that where the dump comes from too. */
  private boolean isOfGenerated(Warning warning) {
    String computed = "GENERATION_EXPRESSION<>''";
    return warning
        .column()
        .map(
            c ->
                hasColumn(computed + " AND COLUMN_NAME=?", List.of(c))
                    && !hasColumn(
                        "COALESCE(GENERATION_EXPRESSION,'')='' AND COLUMN_NAME=?", List.of(c)))
        .orElseGet(() -> warning.isOfExpression() && hasColumn(computed, List.of()));
  }

  /** Whether a table that the script made may have such a column. */
  private boolean hasColumn(String condition, List<String> parameters) {
    List<String> databases = new ArrayList<>();
    catalogue.each(
        "SELECT DISTINCT TABLE_SCHEMA FROM information_schema.COLUMNS WHERE " + condition,
        parameters,
        row -> databases.add(row.getString(1)));
    return !databases.stream().allMatch(Catalogue::isSystem);
  }

  @Override
  public Quoting quoting() {
    return Quoting.of(mode());
  }

  private String mode() {
    return catalogue.one("SELECT @@sql_mode");
  }

  @Override
  public void close() {
    session.close();
  }
}
