package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table of the target that rows go into as it is. */
public final class ExistingTable {
  private static final Pattern NEXT_ID = Pattern.compile("AUTO_INCREMENT=(\\d+)");

  private final Session session;
  private final Catalogue catalogue;
  private final TableName name;

  public ExistingTable(Session session, Catalogue catalogue, TableName name) {
    this.session = session;
    this.catalogue = catalogue;
    this.name = name;
  }

  /** Why it does not take the rows of another. */
  public Optional<String> unfit(Table other) {
    String type = catalogue.relationType(name);
    if (!type.equals("BASE TABLE") && !type.equals("SYSTEM VERSIONED")) {
      return Optional.of(name + (type.isEmpty() ? " does not exist" : " is no table"));
    }
    Table here = catalogue.describe(name);
    List<String> columns = described(here);
    List<String> wanted = described(other);
    if (!columns.equals(wanted)) {
      return Optional.of(name + " has columns " + columns + ", the backup " + wanted);
    }
    if (here.keyColumns() != other.keyColumns()) {
      return Optional.of(name + " has another key than in the backup");
    }
    String triggers =
        catalogue.one(
            "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE BINARY EVENT_OBJECT_SCHEMA="
                + Sql.string(name.database())
                + " AND BINARY EVENT_OBJECT_TABLE="
                + Sql.string(name.table()));
    return triggers.equals("0")
        ? Optional.empty()
        : Optional.of(name + " has triggers, which would run for every row");
  }

  private static List<String> described(Table table) {
    return table.columns().stream().map(ExistingTable::described).toList();
  }

  private static String described(Column column) {
    return column.charset().isEmpty() ? column.name() : column.name() + " " + column.charset();
  }

  public boolean holdsRows() {
    return !Catalogue.showsOthers(catalogue.describe(name))
        && !catalogue.one("SELECT 1 FROM " + Sql.name(name) + " LIMIT 1").isEmpty();
  }

  public void empty() {
    session.execute("TRUNCATE TABLE " + Sql.name(name));
  }

  /** Never lowers it. */
  public void raiseNextId(Table other) {
    BigInteger wanted = nextId(other);
    if (wanted.compareTo(nextId(catalogue.describe(name))) > 0) {
      session.execute("ALTER TABLE " + Sql.name(name) + " AUTO_INCREMENT=" + wanted);
    }
  }

  /** Beyond all signed numbers, for some columns. */
  private static BigInteger nextId(Table table) {
    Matcher matcher = NEXT_ID.matcher(QuotedText.without(table.ddl().toString()));
    return matcher.find() ? new BigInteger(matcher.group(1)) : BigInteger.ZERO;
  }
}
