package io.nsqlops.backup.engine.mysql.account;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an account without a name may do in MySQL. Not by SHOW GRANTS: some releases of MySQL 8.0
 * crash at that as soon as anybody has a right on a routine (seen with 8.0.15).
 */
final class AnonymousGrants {
  private final Catalogue catalogue;
  private final AccountName account;

  /** The rights, by what they are on and whether they may be passed on. */
  private final Map<String, List<String>> given = new LinkedHashMap<>();

  AnonymousGrants(Catalogue catalogue, AccountName account) {
    this.catalogue = catalogue;
    this.account = account;
  }

  List<String> statements() {
    each("USER", "", row -> add(row, "", "*.*"));
    each("SCHEMA", ", TABLE_SCHEMA", row -> add(row, "", Sql.name(row.getString(3)) + ".*"));
    each("TABLE", ", TABLE_SCHEMA, TABLE_NAME", row -> add(row, "", relation(row, 3)));
    each(
        "COLUMN",
        ", TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME",
        row -> add(row, " (" + Sql.name(row.getString(5)) + ")", relation(row, 3)));
    routines();
    List<String> statements = new ArrayList<>();
    given.forEach((on, rights) -> statements.add("GRANT " + String.join(", ", rights) + on));
    return statements;
  }

  private void each(String level, String columns, Catalogue.RowTaker taker) {
    // the grantee stands there without any escapes
    catalogue.each(
        "SELECT PRIVILEGE_TYPE, IS_GRANTABLE%s FROM information_schema.%s_PRIVILEGES WHERE GRANTEE=%s"
            .formatted(columns, level, Sql.string("''@'" + account.host() + "'")),
        List.of(),
        taker);
  }

  private void routines() {
    catalogue.each(
        "SELECT Proc_priv, Routine_type, Db, Routine_name FROM mysql.procs_priv WHERE "
            + account.matches(),
        List.of(),
        row -> {
          List<String> rights = new ArrayList<>(List.of(row.getString(1).split(",")));
          boolean option = rights.remove("Grant");
          String routine = row.getString(2) + " " + relation(row, 3);
          rights.forEach(r -> add(r, routine, option));
        });
  }

  private static String relation(ResultSet row, int column) throws SQLException {
    return Sql.name(new TableName(row.getString(column), row.getString(column + 1)));
  }

  private void add(ResultSet row, String columns, String on) throws SQLException {
    boolean option = row.getString(2).equals("YES");
    // this word stands for no right at all
    if (option || !row.getString(1).equals("USAGE")) {
      add(row.getString(1) + columns, on, option);
    }
  }

  private void add(String right, String on, boolean option) {
    String rest = " ON " + on + " TO " + account.quoted() + (option ? " WITH GRANT OPTION" : "");
    given.computeIfAbsent(rest, r -> new ArrayList<>()).add(right);
  }
}
