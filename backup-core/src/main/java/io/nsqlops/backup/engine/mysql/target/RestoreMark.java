package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.MysqlErrors;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A database of our own in the target while a restore is unfinished: who is restoring, and the
 * ledger of what was made and of the chunks that have landed. It is dropped when the restore is
 * complete.
 */
public final class RestoreMark {
  private static final String DATABASE = Catalogue.OUR_DATABASE;
  private static final String MARK = DATABASE + ".mark";
  private static final String LEDGER = DATABASE + ".ledger";

  /** Whatever the server's defaults: with transactions, and with room for long keys. */
  static final String STORED = " ENGINE=InnoDB ROW_FORMAT=DYNAMIC";

  /** Stands for a chunk number where the ledger says that we made a table. */
  private static final int MADE_TABLE = -1;

  private final Session session;
  private final Catalogue catalogue;
  private final String address;

  public RestoreMark(Session session, String address) {
    this.session = session;
    this.catalogue = new Catalogue(session, address);
    this.address = address;
  }

  public void begin(String restoreId) {
    session.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + MARK
            + " (one TINYINT PRIMARY KEY, restore_id VARCHAR(190) NOT NULL)"
            + STORED);
    // the longest names are those of accounts: up to 383 characters with quotes and escapes
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + LEDGER
            + " (database_name VARBINARY(260), table_name VARBINARY(1024), chunk INT,"
            + " PRIMARY KEY (database_name, table_name, chunk))"
            + STORED);
    new KeptMembers(session, address).begin();
    session.execute("INSERT IGNORE INTO " + MARK + " VALUES (1, " + Sql.string(restoreId) + ")");
    String holder = catalogue.one("SELECT restore_id FROM " + MARK);
    if (!holder.equals(restoreId)) {
      throw new OpsException(
          ErrorKind.LOCKED,
          address,
          "%s is marked by an unfinished restore of %s that is not this one: it was of another"
                  .formatted(address, holder.replaceFirst("/.*", ""))
              + " backup, of other parts or under other names",
          "finish it with the command it was begun with, or give it up with DROP DATABASE %s there;"
                  .formatted(DATABASE)
              + " then --existing replace drops what it made");
    }
  }

  public void complete() {
    session.execute("DROP DATABASE IF EXISTS " + DATABASE);
  }

  public Set<Integer> loaded(TableName table) {
    Set<Integer> chunks = new TreeSet<>();
    catalogue.each(
        "SELECT chunk FROM " + LEDGER + " WHERE chunk>=0 AND " + is(table),
        List.of(),
        row -> chunks.add(row.getInt(1)));
    return chunks;
  }

  public Set<TableName> made() {
    Set<TableName> tables = new TreeSet<>();
    catalogue.each(
        "SELECT database_name, table_name FROM " + LEDGER + " WHERE chunk=" + MADE_TABLE,
        List.of(),
        row -> tables.add(new TableName(utf8(row.getBytes(1)), utf8(row.getBytes(2)))));
    return tables;
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public boolean made(SchemaObject object) {
    String count =
        catalogue.one(
            "SELECT COUNT(*) FROM "
                + LEDGER
                + " WHERE chunk="
                + number(object)
                + " AND "
                + is(object.qualifiedName()));
    return !count.equals("0");
  }

  /** Below {@link #MADE_TABLE}, one number for each kind. */
  private static int number(SchemaObject object) {
    int kind =
        switch (object.kind()) {
          case DATABASE -> 1;
          case SEQUENCE -> 2;
          case FUNCTION -> 3;
          case PROCEDURE -> 4;
          case VIEW -> 5;
          case TRIGGER -> 6;
          case EVENT -> 7;
          case ACCOUNT -> 8;
          case GRANTS -> 9;
          case PACKAGE -> 10;
          case PACKAGE_BODY -> 11;
        };
    return MADE_TABLE - kind;
  }

  /** Notes that a table is about to be made. */
  public void make(TableName table) {
    make(table, MADE_TABLE);
  }

  public void make(SchemaObject object) {
    make(object.qualifiedName(), number(object));
  }

  private void make(TableName name, int number) {
    String database = Sql.string(name.database());
    session.execute(
        "INSERT IGNORE INTO %s VALUES (%s,%s,%d)"
            .formatted(LEDGER, database, Sql.string(name.table()), number));
  }

  /** Takes the note back: it could not be made. */
  public void unmake(SchemaObject object) {
    session.execute(
        "DELETE FROM "
            + LEDGER
            + " WHERE chunk="
            + number(object)
            + " AND "
            + is(object.qualifiedName()));
  }

  void note(TableName table, List<Integer> chunks) {
    String name = Sql.string(table.database()) + "," + Sql.string(table.table());
    String rows =
        chunks.stream().map(c -> "(" + name + "," + c + ")").collect(Collectors.joining(","));
    session.execute("INSERT INTO " + LEDGER + " VALUES " + rows);
  }

  /** The restore that is unfinished here; empty if none is. */
  public Optional<String> holder() {
    String there =
        catalogue.one(
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA='"
                + DATABASE
                + "' AND TABLE_NAME='mark'");
    return there.equals("0")
        ? Optional.empty()
        : Optional.of(catalogue.one("SELECT restore_id FROM " + MARK)).filter(h -> !h.isEmpty());
  }

  /**
   * The restore that is unfinished in a server; empty also if this account may not see it. To be
   * asked outside of transactions: one that has read the mark would keep the restore from its end.
   */
  public static Optional<String> unfinished(Session session, String address) {
    try {
      return new RestoreMark(session, address).holder();
    } catch (OpsException e) {
      if (MysqlErrors.isOfAnotherMoment(e) || MysqlErrors.isRights(e)) {
        return Optional.empty(); // it ends just now, or is not shown
      }
      throw e;
    }
  }

  /** Forgets what is known of a table, because it is not there. */
  public void forget(TableName table) {
    session.execute("DELETE FROM " + LEDGER + " WHERE " + is(table));
  }

  /** Forgets which rows have landed: they were deleted. */
  public void forgetRows(TableName table) {
    session.execute("DELETE FROM " + LEDGER + " WHERE chunk>=0 AND " + is(table));
  }

  private static String is(TableName table) {
    return "database_name=CAST(%s AS BINARY) AND table_name=CAST(%s AS BINARY)"
        .formatted(Sql.string(table.database()), Sql.string(table.table()));
  }
}
